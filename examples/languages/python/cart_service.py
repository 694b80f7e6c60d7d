from cdk8s import Chart, Duration
from cdk8s_golden_path import (
    ConnectionVariables,
    ContainerImage,
    Diagnostics,
    Drain,
    Health,
    ImagePullPolicy,
    Microservice,
    Platform,
    PlatformApp,
    PodSecurity,
    Port,
    Probe,
    Replicas,
    Resources,
    ServiceNamespace,
    Traffic,
    Volume,
)

SECURITY = PodSecurity(user=1000, group=1000, fs_group=1000)
SHORT_STOP = Drain(delay=Duration.seconds(0), grace_period=Duration.seconds(5))

app = PlatformApp()
Platform(app, image_pull_policy=ImagePullPolicy.IF_NOT_PRESENT)

chart = Chart(app, "online-boutique", namespace="online-boutique")
ServiceNamespace(chart, "namespace")

redis = Microservice(
    chart,
    "redis-cart",
    image=ContainerImage.reference("redis:alpine"),
    ports=[Port(number=6379, service_port_name="tcp-redis")],
    volumes={"/data": Volume.empty_dir(unlimited=True)},
    health=Health(
        readiness=Probe.tcp(period=Duration.seconds(5)),
        liveness=Probe.tcp(period=Duration.seconds(5)),
    ),
    resources=Resources.of(
        cpu="70m", cpu_limit="125m", memory="200Mi", memory_limit="256Mi"
    ),
    replicas=Replicas.fixed(1),
    security=SECURITY,
    service_account_name="default",
    egress=Traffic.UNRESTRICTED,
)
Diagnostics.of(redis).acknowledge(
    "identical-probes",
    "Redis answers as soon as it accepts connections, and waits for nobody",
)

carts = Microservice(
    chart,
    "cartservice",
    image=ContainerImage.reference(
        "us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/cartservice:v0.10.6"
    ),
    ports=[Port(number=7070, service_port_name="grpc")],
    health=Health(
        readiness=Probe.grpc(initial_delay=Duration.seconds(15)),
        liveness=Probe.grpc(
            initial_delay=Duration.seconds(15), period=Duration.seconds(10)
        ),
    ),
    resources=Resources.of(
        cpu="200m", cpu_limit="300m", memory="64Mi", memory_limit="128Mi"
    ),
    replicas=Replicas.fixed(1),
    security=SECURITY,
    egress=Traffic.UNRESTRICTED,
    drain=SHORT_STOP,
)
carts.connect_to(redis, variables=ConnectionVariables(address="REDIS_ADDR"))

app.synth()
