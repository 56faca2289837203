// Answers JSON lines with what the API server of Kubernetes makes of validation rules.
//
//	in:  {"schema": {...}}                                 the rules as a CustomResourceDefinition is created with them
//	     {"schema": {...}, "object": {...}, "old": {...}}  an object, created or updated, judged by the rules alone
//	     {"declarations": true}                            the functions of the environment
//	out: {"faults": [...], "costs": [N, ...]}, {"faults": [...], "spent": N}, {"declarations": [...]}
//
// A fault is its text as a Status shows it, field first. Costs are the estimates of the rules at the root, 0 where they do
// not compile; spent is what the rules cost when they ran.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/google/cel-go/checker"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	schemacel "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/common"
	"k8s.io/apiserver/pkg/cel/environment"
)

type question struct {
	Schema       *v1.JSONSchemaProps `json:"schema"`
	Object       json.RawMessage     `json:"object"`
	Old          json.RawMessage     `json:"old"`
	Declarations bool                `json:"declarations"`
}

type answer struct {
	Faults       []string `json:"faults"`
	Costs        []uint64 `json:"costs,omitempty"`
	Spent        int64    `json:"spent"`
	Declarations []string `json:"declarations,omitempty"`
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 64<<20)
	output := json.NewEncoder(os.Stdout)
	output.SetEscapeHTML(false)
	for input.Scan() {
		var asked question
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			fail(err)
		}
		if err := output.Encode(answerTo(asked)); err != nil {
			fail(err)
		}
	}
}

func answerTo(asked question) answer {
	if asked.Declarations {
		return answer{Faults: []string{}, Declarations: declarations()}
	}
	if asked.Object == nil {
		return answer{Faults: definitionFaults(asked.Schema), Costs: costs(asked.Schema)}
	}
	return objectAnswer(asked)
}

func definitionFaults(props *v1.JSONSchemaProps) []string {
	definition := &v1.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: "samples.example.com"},
		Spec: v1.CustomResourceDefinitionSpec{
			Group: "example.com",
			Scope: v1.ClusterScoped,
			Names: v1.CustomResourceDefinitionNames{Plural: "samples", Singular: "sample", Kind: "Sample", ListKind: "SampleList"},
			Versions: []v1.CustomResourceDefinitionVersion{
				{Name: "v1", Served: true, Storage: true, Schema: &v1.CustomResourceValidation{OpenAPIV3Schema: props}},
			},
		},
		Status: v1.CustomResourceDefinitionStatus{StoredVersions: []string{"v1"}},
	}
	v1.SetDefaults_CustomResourceDefinitionSpec(&definition.Spec)
	internal := &apiextensions.CustomResourceDefinition{}
	if err := v1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(definition, internal, nil); err != nil {
		fail(err)
	}
	return texts(validation.ValidateCustomResourceDefinition(context.Background(), internal))
}

func objectAnswer(asked question) answer {
	structural := structuralOf(asked.Schema)
	object, old := parse(asked.Object), parse(asked.Old)
	validator := schemacel.NewValidator(structural, true, celconfig.PerCallLimit)
	var options []schemacel.Option
	if old != nil {
		correlated := common.NewCorrelatedObject(object, old, &model.Structural{Structural: structural})
		options = append(options, schemacel.WithRatcheting(correlated))
	}
	faults, left := validator.Validate(context.Background(), nil, structural, object, old, celconfig.RuntimeCELCostBudget, options...)
	return answer{Faults: texts(faults), Spent: celconfig.RuntimeCELCostBudget - left}
}

func costs(props *v1.JSONSchemaProps) []uint64 {
	internal := &apiextensions.JSONSchemaProps{}
	if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(props, internal, nil); err != nil {
		fail(err)
	}
	structural, err := schema.NewStructural(internal)
	if err != nil {
		return nil
	}
	environments := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	results, err := schemacel.Compile(structural, model.SchemaDeclType(structural, true), celconfig.PerCallLimit, environments, schemacel.NewExpressionsEnvLoader())
	if err != nil {
		return nil
	}
	var found []uint64
	for _, result := range results {
		found = append(found, result.MaxCost)
	}
	return found
}

func structuralOf(props *v1.JSONSchemaProps) *schema.Structural {
	internal := &apiextensions.JSONSchemaProps{}
	if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(props, internal, nil); err != nil {
		fail(err)
	}
	structural, err := schema.NewStructural(internal)
	if err != nil {
		fail(err)
	}
	return structural
}

func parse(raw json.RawMessage) any {
	if raw == nil {
		return nil
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		fail(err)
	}
	return withNumbers(value)
}

// Whole numbers are int64, as the API server reads them.
func withNumbers(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, member := range value {
			value[key] = withNumbers(member)
		}
	case []any:
		for i, item := range value {
			value[i] = withNumbers(item)
		}
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return whole
		}
		number, err := value.Float64()
		if err != nil && !math.IsInf(number, 0) {
			fail(err)
		}
		return number
	}
	return value
}

func texts(faults field.ErrorList) []string {
	found := []string{}
	for _, fault := range faults {
		found = append(found, fault.Error())
	}
	return found
}

// One line per overload in order: name, id, whether it is a member, argument types, result type.
func declarations() []string {
	env := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()).NewExpressionsEnv()
	var lines []string
	for name, function := range env.Functions() {
		for i, overload := range function.OverloadDecls() {
			var arguments []string
			for _, argument := range overload.ArgTypes() {
				arguments = append(arguments, checker.FormatCELType(argument))
			}
			style := "call"
			if overload.IsMemberFunction() {
				style = "member"
			}
			lines = append(lines, fmt.Sprintf("%s\t%d\t%s\t%s\t%s\t%s", name, i, overload.ID(), style, strings.Join(arguments, ";"), checker.FormatCELType(overload.ResultType())))
		}
	}
	return lines
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
