// Command psa judges the pod templates of manifests by the Pod Security Standards, with the code that the API server runs.
//
//	psa [-version 1.27]... FILE...
//
// The files hold one or more JSON or YAML documents. It prints one JSON object: how many objects and pod templates were seen,
// every finding of every level at every version, "latest" included, and the files that cannot be read.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

// Finding is one check that does not admit a pod.
type Finding struct {
	File    string `json:"file"`
	Kind    string `json:"kind"`
	Object  string `json:"object"`
	Level   string `json:"level"`
	Version string `json:"version"`
	Reason  string `json:"reason"`
	Detail  string `json:"detail,omitempty"`
}

// Report is what is printed.
type Report struct {
	Objects   int         `json:"objects"`
	Templates int         `json:"templates"`
	Errors    []FileError `json:"errors"`
	Findings  []Finding   `json:"findings"`
}

// FileError says why a file cannot be judged, or not all of it.
type FileError struct {
	File    string `json:"file"`
	Message string `json:"message"`
}

type versions []api.Version

func (v *versions) String() string { return fmt.Sprint(*v) }

func (v *versions) Set(text string) error {
	version, err := api.ParseVersion("v" + text)
	if err == nil {
		*v = append(*v, version)
	}
	return err
}

func main() {
	wanted := versions{}
	flag.Var(&wanted, "version", "a version of the standards beside the latest, such as 1.27")
	flag.Parse()
	report, err := judge(flag.Args(), append(wanted, api.LatestVersion()))
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(report)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "psa:", err)
		os.Exit(1)
	}
}

func judge(files []string, versions []api.Version) (*Report, error) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	report := &Report{Errors: []FileError{}, Findings: []Finding{}}
	for _, file := range files {
		objects, err := read(file)
		if err != nil {
			report.Errors = append(report.Errors, FileError{File: file, Message: err.Error()})
		}
		for _, object := range objects {
			report.Objects++
			template, err := podTemplate(object)
			if err != nil {
				report.Errors = append(report.Errors, FileError{File: file, Message: fmt.Sprintf("%s %s: %v", object.GetKind(), object.GetName(), err)})
			}
			if template == nil {
				continue
			}
			report.Templates++
			for _, finding := range evaluate(evaluator, template, versions) {
				finding.File, finding.Kind, finding.Object = file, object.GetKind(), object.GetName()
				report.Findings = append(report.Findings, finding)
			}
		}
	}
	return report, nil
}

func evaluate(evaluator policy.Evaluator, template *corev1.PodTemplateSpec, versions []api.Version) []Finding {
	findings := []Finding{}
	for _, version := range versions {
		for _, level := range []api.Level{api.LevelBaseline, api.LevelRestricted} {
			for _, result := range evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &template.ObjectMeta, &template.Spec) {
				if !result.Allowed {
					findings = append(findings, Finding{
						Level: string(level), Version: version.String(), Reason: result.ForbiddenReason, Detail: result.ForbiddenDetail,
					})
				}
			}
		}
	}
	return findings
}

func read(file string) ([]unstructured.Unstructured, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	objects := []unstructured.Unstructured{}
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(data), 4096)
	for {
		document := map[string]any{}
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			return objects, err
		}
		if len(document) > 0 {
			objects = append(objects, unstructured.Unstructured{Object: document})
		}
	}
}

// podTemplate finds the template wherever a kind keeps it, those of operators included; a Pod is its own.
func podTemplate(object unstructured.Unstructured) (*corev1.PodTemplateSpec, error) {
	if object.GetKind() == "Pod" {
		return toTemplate(object.Object)
	}
	for _, path := range [][]string{{"spec", "template"}, {"spec", "jobTemplate", "spec", "template"}} {
		found, ok, _ := unstructured.NestedMap(object.Object, path...)
		if !ok {
			continue
		}
		if _, hasContainers, _ := unstructured.NestedSlice(found, "spec", "containers"); hasContainers {
			return toTemplate(found)
		}
	}
	return nil, nil
}

func toTemplate(source map[string]any) (*corev1.PodTemplateSpec, error) {
	data, err := json.Marshal(map[string]any{"metadata": source["metadata"], "spec": source["spec"]})
	if err != nil {
		return nil, err
	}
	template := &corev1.PodTemplateSpec{}
	// A misspelt field would be a field that no check sees.
	if err := yaml.UnmarshalStrict(data, template); err != nil {
		return nil, err
	}
	return template, nil
}
