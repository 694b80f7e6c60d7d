/** Bad input that more than one checker must see through. */

/** Everything that the restricted Pod Security Standard forbids, and nothing that a service needs. */
export const CARELESS_DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: control
  namespace: control
spec:
  selector:
    matchLabels:
      app: control
  template:
    metadata:
      labels:
        app: control
    spec:
      containers:
        - name: control
          image: control:latest
          securityContext:
            privileged: true
`;

export const CARELESS_DOCKERFILE = `FROM debian:latest AS Final
RUN cd /tmp && apt-get install curl
MAINTAINER nobody
CMD echo
`;
