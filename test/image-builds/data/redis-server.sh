#!/bin/sh
# The official image is compiled with this default, since whoever runs it decides who may reach it.
exec /usr/bin/redis-server "$@" --protected-mode no
