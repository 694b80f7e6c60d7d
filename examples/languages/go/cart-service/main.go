// Command cart-service describes the cart service of Online Boutique, and the Redis that it keeps carts in.
package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-golden-path/cdk8s-golden-path-go/goldenpath"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func seconds(amount float64) cdk8s.Duration {
	return cdk8s.Duration_Seconds(jsii.Number(amount))
}

func main() {
	defer jsii.Close()

	security := &goldenpath.PodSecurity{User: jsii.Number(1000), Group: jsii.Number(1000), FsGroup: jsii.Number(1000)}
	shortStop := &goldenpath.Drain{Delay: seconds(0), GracePeriod: seconds(5)}

	app := goldenpath.NewPlatformApp(nil)
	goldenpath.NewPlatform(app, &goldenpath.PlatformProps{
		ImagePullPolicy: goldenpath.ImagePullPolicy_IF_NOT_PRESENT,
	})

	chart := cdk8s.NewChart(app, jsii.String("online-boutique"), &cdk8s.ChartProps{
		Namespace: jsii.String("online-boutique"),
	})
	goldenpath.NewServiceNamespace(chart, jsii.String("namespace"), nil)

	redis := goldenpath.NewMicroservice(chart, jsii.String("redis-cart"), &goldenpath.MicroserviceProps{
		Image: goldenpath.ContainerImage_Reference(jsii.String("redis:alpine")),
		Ports: &[]*goldenpath.Port{{Number: jsii.Number(6379), ServicePortName: jsii.String("tcp-redis")}},
		Volumes: &map[string]goldenpath.Volume{
			"/data": goldenpath.Volume_EmptyDir(&goldenpath.EmptyDirOptions{Unlimited: jsii.Bool(true)}),
		},
		Health: &goldenpath.Health{
			Readiness: goldenpath.Probe_Tcp(&goldenpath.TcpProbeOptions{Period: seconds(5)}),
			Liveness:  goldenpath.Probe_Tcp(&goldenpath.TcpProbeOptions{Period: seconds(5)}),
		},
		Resources: goldenpath.Resources_Of(&goldenpath.ResourceOptions{
			Cpu:         jsii.String("70m"),
			CpuLimit:    jsii.String("125m"),
			Memory:      jsii.String("200Mi"),
			MemoryLimit: jsii.String("256Mi"),
		}),
		Replicas:           goldenpath.Replicas_Fixed(jsii.Number(1)),
		Security:           security,
		ServiceAccountName: jsii.String("default"),
		Egress:             goldenpath.Traffic_UNRESTRICTED,
	})
	goldenpath.Diagnostics_Of(redis).Acknowledge(
		jsii.String("identical-probes"),
		jsii.String("Redis answers as soon as it accepts connections, and waits for nobody"),
	)

	carts := goldenpath.NewMicroservice(chart, jsii.String("cartservice"), &goldenpath.MicroserviceProps{
		Image: goldenpath.ContainerImage_Reference(
			jsii.String("us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/cartservice:v0.10.6"),
		),
		Ports: &[]*goldenpath.Port{{Number: jsii.Number(7070), ServicePortName: jsii.String("grpc")}},
		Health: &goldenpath.Health{
			Readiness: goldenpath.Probe_Grpc(&goldenpath.GrpcProbeOptions{InitialDelay: seconds(15)}),
			Liveness:  goldenpath.Probe_Grpc(&goldenpath.GrpcProbeOptions{InitialDelay: seconds(15), Period: seconds(10)}),
		},
		Resources: goldenpath.Resources_Of(&goldenpath.ResourceOptions{
			Cpu:         jsii.String("200m"),
			CpuLimit:    jsii.String("300m"),
			Memory:      jsii.String("64Mi"),
			MemoryLimit: jsii.String("128Mi"),
		}),
		Replicas: goldenpath.Replicas_Fixed(jsii.Number(1)),
		Security: security,
		Egress:   goldenpath.Traffic_UNRESTRICTED,
		Drain:    shortStop,
	})
	carts.ConnectTo(redis, &goldenpath.ConnectionOptions{
		Variables: &goldenpath.ConnectionVariables{Address: jsii.String("REDIS_ADDR")},
	})

	app.Synth()
}
