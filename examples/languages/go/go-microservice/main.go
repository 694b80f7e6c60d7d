// Command go-microservice describes a service with a route, a database and a page beside it.
package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-golden-path/cdk8s-golden-path-go/goldenpath"
	"github.com/cdk8s-golden-path/cdk8s-golden-path-go/goldenpath/local"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func main() {
	defer jsii.Close()

	app := goldenpath.NewPlatformApp(&goldenpath.PlatformAppProps{
		ArtifactsOutdir: jsii.String("examples/go-microservice/artifacts"),
	})
	goldenpath.NewPlatform(app, &goldenpath.PlatformProps{
		Registry: jsii.String("ghcr.io/acme"),
		ImageTag: goldenpath.ImageTag_FromEnv(jsii.String("IMAGE_TAG"), &goldenpath.ImageTagFromEnvOptions{
			Otherwise: jsii.String("0.1.0"),
		}),
		IngressClass: jsii.String("traefik"),
	})

	chart := cdk8s.NewChart(app, jsii.String("go-microservice"), &cdk8s.ChartProps{
		Namespace: jsii.String("go-microservice"),
	})
	goldenpath.NewServiceNamespace(chart, jsii.String("namespace"), nil)

	config := goldenpath.NewServiceConfig(chart, jsii.String("config"), &goldenpath.ServiceConfigProps{
		Name: jsii.String("go-microservice"),
		Data: &map[string]*string{
			"DATABASE_HOST": jsii.String("postgres.example.com"),
			"DATABASE_PORT": jsii.String("5432"),
		},
	})
	database := goldenpath.ServiceSecret_Managed(chart, jsii.String("database"), &goldenpath.ManagedSecretProps{
		Name: jsii.String("go-microservice-database"),
		Keys: jsii.Strings("password"),
	})

	api := goldenpath.NewGoStyleMicroservice(chart, jsii.String("go-microservice"), &goldenpath.GoStyleMicroserviceProps{
		Image: goldenpath.GoImage_FromModule(jsii.String("examples/go-microservice/services/api"), &goldenpath.GoImageOptions{
			Main: jsii.String("./cmd/server"),
			// The service speaks JSON alone; the codec of MessagePack would be a quarter of the program.
			BuildTags: jsii.Strings("nomsgpack"),
		}),
		MetricsPort: jsii.Number(8080),
		// The pod is taken out of the Service before SIGTERM, so the program need not wait again.
		Env:     &map[string]*string{"DRAIN_DELAY": jsii.String("0s")},
		EnvFrom: &[]goldenpath.EnvSource{config.AsEnv(nil)},
		Volumes: &map[string]goldenpath.Volume{"/etc/secrets/db": database.AsFiles(nil)},
		Resources: goldenpath.Resources_Of(&goldenpath.ResourceOptions{
			Cpu:         jsii.String("100m"),
			CpuLimit:    jsii.String("200m"),
			Memory:      jsii.String("128Mi"),
			MemoryLimit: jsii.String("256Mi"),
		}),
		Replicas: goldenpath.Replicas_Autoscaled(&goldenpath.AutoscalingOptions{
			Min:            jsii.Number(2),
			Max:            jsii.Number(10),
			CpuUtilization: jsii.Number(50),
		}),
	})
	// The program reads DATABASE_HOST and DATABASE_PORT from the config; the connection opens the network policy.
	postgres := goldenpath.External_Host(jsii.String("postgres.example.com"), jsii.Number(5432), nil)
	api.ConnectTo(postgres, &goldenpath.ConnectionOptions{Env: jsii.Bool(false)})

	web := goldenpath.NewGoStyleMicroservice(chart, jsii.String("web"), &goldenpath.GoStyleMicroserviceProps{
		Image: goldenpath.GoImage_FromModule(jsii.String("examples/go-microservice/services/web"), &goldenpath.GoImageOptions{
			Main: jsii.String("./cmd/web"),
		}),
		Env: &map[string]*string{
			"DRAIN_DELAY": jsii.String("0s"),
			"API_URL":     jsii.String("/api"),
		},
	})

	goldenpath.NewIngressRoute(chart, jsii.String("public"), &goldenpath.IngressRouteProps{
		Host: jsii.String("example.com"),
		Paths: &[]*goldenpath.RoutePath{
			{Path: jsii.String("/api"), To: api},
			{Path: jsii.String("/web"), To: web},
		},
		Tls: goldenpath.RouteTls_Secret(jsii.String("example-com-tls")),
	})

	// Both programs ask themselves by this flag.
	local.NewComposeFile(app, jsii.String("compose"), &local.ComposeFileProps{
		ProbeFlag: jsii.String("-healthcheck"),
	})

	app.Synth()
}
