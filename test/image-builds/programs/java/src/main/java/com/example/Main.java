package com.example;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

public final class Main {
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = new Gson().toJson(Map.of("path", path)).getBytes();
            exchange.sendResponseHeaders(path.equals("/healthz") || path.equals("/readyz") ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        // The virtual machine calls a signal a failure; this is none.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            Runtime.getRuntime().halt(0);
        }));
        server.start();
    }
}
