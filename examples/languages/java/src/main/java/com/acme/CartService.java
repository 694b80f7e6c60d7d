package com.acme;

import io.github.cdk8s_golden_path.ConnectionOptions;
import io.github.cdk8s_golden_path.ConnectionVariables;
import io.github.cdk8s_golden_path.ContainerImage;
import io.github.cdk8s_golden_path.Diagnostics;
import io.github.cdk8s_golden_path.Drain;
import io.github.cdk8s_golden_path.EmptyDirOptions;
import io.github.cdk8s_golden_path.GrpcProbeOptions;
import io.github.cdk8s_golden_path.Health;
import io.github.cdk8s_golden_path.ImagePullPolicy;
import io.github.cdk8s_golden_path.Microservice;
import io.github.cdk8s_golden_path.Platform;
import io.github.cdk8s_golden_path.PlatformApp;
import io.github.cdk8s_golden_path.PodSecurity;
import io.github.cdk8s_golden_path.Port;
import io.github.cdk8s_golden_path.Probe;
import io.github.cdk8s_golden_path.Replicas;
import io.github.cdk8s_golden_path.ResourceOptions;
import io.github.cdk8s_golden_path.Resources;
import io.github.cdk8s_golden_path.ServiceNamespace;
import io.github.cdk8s_golden_path.TcpProbeOptions;
import io.github.cdk8s_golden_path.Traffic;
import io.github.cdk8s_golden_path.Volume;
import java.util.List;
import java.util.Map;
import org.cdk8s.Chart;
import org.cdk8s.Duration;

/** The cart service of Online Boutique, and the Redis that it keeps carts in. */
public final class CartService {
    private CartService() {}

    public static void main(String[] args) {
        var security = PodSecurity.builder().user(1000).group(1000).fsGroup(1000).build();
        var shortStop = Drain.builder().delay(Duration.seconds(0)).gracePeriod(Duration.seconds(5)).build();
        var often = TcpProbeOptions.builder().period(Duration.seconds(5)).build();

        var app = new PlatformApp();
        Platform.Builder.create(app).imagePullPolicy(ImagePullPolicy.IF_NOT_PRESENT).build();

        var chart = Chart.Builder.create(app, "online-boutique").namespace("online-boutique").build();
        new ServiceNamespace(chart, "namespace");

        var redis = Microservice.Builder.create(chart, "redis-cart")
            .image(ContainerImage.reference("redis:alpine"))
            .ports(List.of(Port.builder().number(6379).servicePortName("tcp-redis").build()))
            .volumes(Map.of("/data", Volume.emptyDir(EmptyDirOptions.builder().unlimited(true).build())))
            .health(Health.builder().readiness(Probe.tcp(often)).liveness(Probe.tcp(often)).build())
            .resources(Resources.of(ResourceOptions.builder()
                .cpu("70m").cpuLimit("125m").memory("200Mi").memoryLimit("256Mi")
                .build()))
            .replicas(Replicas.fixed(1))
            .security(security)
            .serviceAccountName("default")
            .egress(Traffic.UNRESTRICTED)
            .build();
        Diagnostics.of(redis)
            .acknowledge("identical-probes", "Redis answers as soon as it accepts connections, and waits for nobody");

        var carts = Microservice.Builder.create(chart, "cartservice")
            .image(ContainerImage.reference("us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/cartservice:v0.10.6"))
            .ports(List.of(Port.builder().number(7070).servicePortName("grpc").build()))
            .health(Health.builder()
                .readiness(Probe.grpc(GrpcProbeOptions.builder().initialDelay(Duration.seconds(15)).build()))
                .liveness(Probe.grpc(GrpcProbeOptions.builder()
                    .initialDelay(Duration.seconds(15)).period(Duration.seconds(10))
                    .build()))
                .build())
            .resources(Resources.of(ResourceOptions.builder()
                .cpu("200m").cpuLimit("300m").memory("64Mi").memoryLimit("128Mi")
                .build()))
            .replicas(Replicas.fixed(1))
            .security(security)
            .egress(Traffic.UNRESTRICTED)
            .drain(shortStop)
            .build();
        carts.connectTo(redis, ConnectionOptions.builder()
            .variables(ConnectionVariables.builder().address("REDIS_ADDR").build())
            .build());

        app.synth();
    }
}
