from cdk8s import Chart
from cdk8s_golden_path import (
    External,
    GoImage,
    GoStyleMicroservice,
    ImageTag,
    IngressRoute,
    Platform,
    PlatformApp,
    Replicas,
    Resources,
    RoutePath,
    RouteTls,
    ServiceConfig,
    ServiceNamespace,
    ServiceSecret,
)
from cdk8s_golden_path.local import ComposeFile

app = PlatformApp(artifacts_outdir="examples/go-microservice/artifacts")
Platform(
    app,
    registry="ghcr.io/acme",
    image_tag=ImageTag.from_env("IMAGE_TAG", otherwise="0.1.0"),
    ingress_class="traefik",
)

chart = Chart(app, "go-microservice", namespace="go-microservice")
ServiceNamespace(chart, "namespace")

config = ServiceConfig(
    chart,
    "config",
    name="go-microservice",
    data={"DATABASE_HOST": "postgres.example.com", "DATABASE_PORT": "5432"},
)
database = ServiceSecret.managed(
    chart, "database", name="go-microservice-database", keys=["password"]
)

api = GoStyleMicroservice(
    chart,
    "go-microservice",
    image=GoImage.from_module(
        "examples/go-microservice/services/api",
        main="./cmd/server",
        # The service speaks JSON alone; the codec of MessagePack would be a quarter of the program.
        build_tags=["nomsgpack"],
    ),
    metrics_port=8080,
    # The pod is taken out of the Service before SIGTERM, so the program need not wait again.
    env={"DRAIN_DELAY": "0s"},
    env_from=[config.as_env()],
    volumes={"/etc/secrets/db": database.as_files()},
    resources=Resources.of(
        cpu="100m", cpu_limit="200m", memory="128Mi", memory_limit="256Mi"
    ),
    replicas=Replicas.autoscaled(min=2, max=10, cpu_utilization=50),
)
# The program reads DATABASE_HOST and DATABASE_PORT from the config; the connection opens the network policy.
api.connect_to(External.host("postgres.example.com", 5432), env=False)

web = GoStyleMicroservice(
    chart,
    "web",
    image=GoImage.from_module(
        "examples/go-microservice/services/web", main="./cmd/web"
    ),
    env={"DRAIN_DELAY": "0s", "API_URL": "/api"},
)

IngressRoute(
    chart,
    "public",
    host="example.com",
    paths=[RoutePath(path="/api", to=api), RoutePath(path="/web", to=web)],
    tls=RouteTls.secret("example-com-tls"),
)

# Both programs ask themselves by this flag.
ComposeFile(app, "compose", probe_flag="-healthcheck")

app.synth()
