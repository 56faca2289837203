// Answers JSON lines with what the merge library of Kubernetes makes of a sequence of applies and updates of one object.
//
//	in:  {"schema": OPENAPI, "ignored": [["status"], ...],
//	      "steps": [{"manager": "a", "apply": true, "force": false, "object": {...}}, ...]}
//	out: {"results": [{"object": {...}, "managers": {"a": {"fields": {...}, "applied": true}}, "conflicts": [...], "error": "..."}, ...]}
//
// A step that fails leaves object and managers as they were.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"

	"k8s.io/kube-openapi/pkg/schemaconv"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
	"sigs.k8s.io/structured-merge-diff/v6/merge"
	"sigs.k8s.io/structured-merge-diff/v6/schema"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
)

const version = fieldpath.APIVersion("v1")

type question struct {
	Schema  spec.Schema `json:"schema"`
	Ignored [][]string  `json:"ignored"`
	Steps   []step      `json:"steps"`
}

type step struct {
	Manager string          `json:"manager"`
	Apply   bool            `json:"apply"`
	Force   bool            `json:"force"`
	Object  json.RawMessage `json:"object"`
}

type result struct {
	Object    any              `json:"object"`
	Managers  map[string]owner `json:"managers"`
	Conflicts []string         `json:"conflicts,omitempty"`
	Error     string           `json:"error,omitempty"`
}

type owner struct {
	Fields  json.RawMessage `json:"fields"`
	Applied bool            `json:"applied"`
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
		results, err := answer(asked)
		if err != nil {
			fail(err)
		}
		if err := output.Encode(map[string][]result{"results": results}); err != nil {
			fail(err)
		}
	}
}

func answer(asked question) ([]result, error) {
	types, err := schemaconv.ToSchemaFromOpenAPI(map[string]*spec.Schema{"object": &asked.Schema}, false)
	if err != nil {
		return nil, err
	}
	parser := typed.Parser{Schema: schema.Schema{Types: types.Types}}
	kind := parser.Type("object")
	live, err := kind.FromUnstructured(map[string]any{})
	if err != nil {
		return nil, err
	}
	updater := updaterFor(asked.Ignored)
	managers := fieldpath.ManagedFields{}
	var results []result
	for _, s := range asked.Steps {
		var done result
		live, managers, done = take(updater, kind, live, managers, s)
		results = append(results, done)
	}
	return results, nil
}

func updaterFor(ignored [][]string) *merge.Updater {
	set := fieldpath.NewSet()
	for _, names := range ignored {
		path := fieldpath.Path{}
		for _, name := range names {
			path = append(path, fieldpath.FieldNameElement(name))
		}
		set.Insert(path)
	}
	builder := merge.UpdaterBuilder{
		Converter:    sameVersion{},
		IgnoreFilter: fieldpath.NewExcludeFilterSetMap(map[fieldpath.APIVersion]*fieldpath.Set{version: set}),
	}
	return builder.BuildUpdater()
}

func take(updater *merge.Updater, kind typed.ParseableType, live *typed.TypedValue, managers fieldpath.ManagedFields, s step) (*typed.TypedValue, fieldpath.ManagedFields, result) {
	next, owners, err := run(updater, kind, live, managers.Copy(), s)
	if err == nil {
		if next != nil {
			live = next
		}
		managers = owners
	}
	done := result{Object: live.AsValue().Unstructured(), Managers: ownersOf(managers)}
	var conflicts merge.Conflicts
	if errors.As(err, &conflicts) {
		for _, conflict := range conflicts {
			done.Conflicts = append(done.Conflicts, conflict.Error())
		}
		sort.Strings(done.Conflicts)
	} else if err != nil {
		done.Error = err.Error()
	}
	return live, managers, done
}

func run(updater *merge.Updater, kind typed.ParseableType, live *typed.TypedValue, managers fieldpath.ManagedFields, s step) (*typed.TypedValue, fieldpath.ManagedFields, error) {
	var content any
	if err := json.Unmarshal(s.Object, &content); err != nil {
		return nil, nil, err
	}
	if s.Apply {
		config, err := kind.FromUnstructured(content)
		if err != nil {
			return nil, nil, err
		}
		return updater.Apply(live, config, version, managers, s.Manager, s.Force)
	}
	object, err := kind.FromUnstructured(content, typed.AllowDuplicates)
	if err != nil {
		return nil, nil, err
	}
	return updater.Update(live, object, version, managers, s.Manager)
}

func ownersOf(managers fieldpath.ManagedFields) map[string]owner {
	owners := map[string]owner{}
	for name, set := range managers {
		fields, err := set.Set().ToJSON()
		if err != nil {
			fail(err)
		}
		owners[name] = owner{Fields: fields, Applied: set.Applied()}
	}
	return owners
}

// There is one version, so nothing to convert.
type sameVersion struct{}

func (sameVersion) Convert(object *typed.TypedValue, _ fieldpath.APIVersion) (*typed.TypedValue, error) {
	return object, nil
}

func (sameVersion) IsMissingVersionError(error) bool { return false }

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
