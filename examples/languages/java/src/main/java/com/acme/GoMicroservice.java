package com.acme;

import io.github.cdk8s_golden_path.AutoscalingOptions;
import io.github.cdk8s_golden_path.ConnectionOptions;
import io.github.cdk8s_golden_path.External;
import io.github.cdk8s_golden_path.GoImage;
import io.github.cdk8s_golden_path.GoImageOptions;
import io.github.cdk8s_golden_path.GoStyleMicroservice;
import io.github.cdk8s_golden_path.ImageTag;
import io.github.cdk8s_golden_path.ImageTagFromEnvOptions;
import io.github.cdk8s_golden_path.IngressRoute;
import io.github.cdk8s_golden_path.ManagedSecretProps;
import io.github.cdk8s_golden_path.Platform;
import io.github.cdk8s_golden_path.PlatformApp;
import io.github.cdk8s_golden_path.Replicas;
import io.github.cdk8s_golden_path.ResourceOptions;
import io.github.cdk8s_golden_path.Resources;
import io.github.cdk8s_golden_path.RoutePath;
import io.github.cdk8s_golden_path.RouteTls;
import io.github.cdk8s_golden_path.ServiceConfig;
import io.github.cdk8s_golden_path.ServiceNamespace;
import io.github.cdk8s_golden_path.ServiceSecret;
import io.github.cdk8s_golden_path.local.ComposeFile;
import java.util.List;
import java.util.Map;
import org.cdk8s.Chart;

/** A service with a route, a database and a page beside it. */
public final class GoMicroservice {
    private GoMicroservice() {}

    public static void main(String[] args) {
        var app = PlatformApp.Builder.create()
            .artifactsOutdir("examples/go-microservice/artifacts")
            .build();
        Platform.Builder.create(app)
            .registry("ghcr.io/acme")
            .imageTag(ImageTag.fromEnv("IMAGE_TAG", ImageTagFromEnvOptions.builder().otherwise("0.1.0").build()))
            .ingressClass("traefik")
            .build();

        var chart = Chart.Builder.create(app, "go-microservice").namespace("go-microservice").build();
        new ServiceNamespace(chart, "namespace");

        var config = ServiceConfig.Builder.create(chart, "config")
            .name("go-microservice")
            .data(Map.of("DATABASE_HOST", "postgres.example.com", "DATABASE_PORT", "5432"))
            .build();
        var database = ServiceSecret.managed(chart, "database", ManagedSecretProps.builder()
            .name("go-microservice-database")
            .keys(List.of("password"))
            .build());

        var api = GoStyleMicroservice.Builder.create(chart, "go-microservice")
            .image(GoImage.fromModule("examples/go-microservice/services/api", GoImageOptions.builder()
                .main("./cmd/server")
                // The service speaks JSON alone; the codec of MessagePack would be a quarter of the program.
                .buildTags(List.of("nomsgpack"))
                .build()))
            .metricsPort(8080)
            // The pod is taken out of the Service before SIGTERM, so the program need not wait again.
            .env(Map.of("DRAIN_DELAY", "0s"))
            .envFrom(List.of(config.asEnv()))
            .volumes(Map.of("/etc/secrets/db", database.asFiles()))
            .resources(Resources.of(ResourceOptions.builder()
                .cpu("100m").cpuLimit("200m").memory("128Mi").memoryLimit("256Mi")
                .build()))
            .replicas(Replicas.autoscaled(AutoscalingOptions.builder().min(2).max(10).cpuUtilization(50).build()))
            .build();
        // The program reads DATABASE_HOST and DATABASE_PORT from the config; the connection opens the network policy.
        api.connectTo(External.host("postgres.example.com", 5432), ConnectionOptions.builder().env(false).build());

        var web = GoStyleMicroservice.Builder.create(chart, "web")
            .image(GoImage.fromModule("examples/go-microservice/services/web", GoImageOptions.builder().main("./cmd/web").build()))
            .env(Map.of("DRAIN_DELAY", "0s", "API_URL", "/api"))
            .build();

        IngressRoute.Builder.create(chart, "public")
            .host("example.com")
            .paths(List.of(
                RoutePath.builder().path("/api").to(api).build(),
                RoutePath.builder().path("/web").to(web).build()))
            .tls(RouteTls.secret("example-com-tls"))
            .build();

        // Both programs ask themselves by this flag.
        ComposeFile.Builder.create(app, "compose").probeFlag("-healthcheck").build();

        app.synth();
    }
}
