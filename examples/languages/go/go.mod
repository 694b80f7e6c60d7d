module acme.example/languages

go 1.25.0

require (
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk8s-golden-path/cdk8s-golden-path-go/goldenpath v0.0.0
	github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 v2.70.106
)

require (
	github.com/Masterminds/semver/v3 v3.5.0 // indirect
	github.com/aws/constructs-go/constructs/v10 v10.4.2 // indirect
	github.com/cdk8s-team/cdk8s-plus-go/cdk8splus27/v2 v2.9.5 // indirect
	github.com/cdktf/cdktf-provider-docker-go/docker/v12 v12.0.3 // indirect
	github.com/hashicorp/terraform-cdk-go/cdktf v0.21.0 // indirect
)
