package main

import (
	"os"
	"path/filepath"
	"strings"

	"go.podman.io/image/v5/docker/reference"
	"go.podman.io/image/v5/pkg/shortnames"
	"go.podman.io/image/v5/pkg/sysregistriesv2"
	"go.podman.io/image/v5/types"
)

type source struct {
	Ref      string `json:"ref"`
	Mirror   bool   `json:"mirror"`
	Insecure bool   `json:"insecure"`
	Blocked  bool   `json:"blocked"`
}

type candidate struct {
	Normalized    string   `json:"normalized"`
	MatchedPrefix string   `json:"matchedPrefix"`
	Error         *failure `json:"error,omitempty"`
	Sources       []source `json:"sources"`
}

type result struct {
	Ref        string      `json:"ref"`
	Error      *failure    `json:"error,omitempty"`
	Candidates []candidate `json:"candidates"`
}

func resolve(root string, asked question) any {
	sys, err := writeConfiguration(root, asked)
	if err != nil {
		return failed{failure{Code: "io", Message: err.Error()}}
	}
	sysregistriesv2.InvalidateCache()
	if _, err := sysregistriesv2.GetRegistries(sys); err != nil {
		return failed{failure{Code: configurationCode(err.Error()), Message: err.Error()}}
	}
	results := make([]result, 0, len(asked.Refs))
	for _, ref := range asked.Refs {
		results = append(results, resolveOne(sys, ref))
	}
	return map[string]any{"results": results}
}

func writeConfiguration(root string, asked question) (*types.SystemContext, error) {
	main := filepath.Join(root, "registries.conf")
	dropIns := filepath.Join(root, "registries.conf.d")
	if err := os.RemoveAll(dropIns); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dropIns, 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(main, []byte(asked.Main), 0o600); err != nil {
		return nil, err
	}
	for name, text := range asked.DropIns {
		if err := os.WriteFile(filepath.Join(dropIns, filepath.Base(name)), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	return &types.SystemContext{
		SystemRegistriesConfPath:    main,
		SystemRegistriesConfDirPath: dropIns,
		UserShortNameAliasConfPath:  filepath.Join(root, "no-aliases.conf"),
	}, nil
}

func resolveOne(sys *types.SystemContext, ref string) result {
	resolved, err := shortnames.Resolve(sys, ref)
	if err != nil {
		return result{Ref: ref, Error: &failure{Code: shortNameCode(err.Error()), Message: err.Error()}}
	}
	candidates := []candidate{}
	for _, pull := range resolved.PullCandidates {
		candidates = append(candidates, resolveCandidate(sys, withoutTagBesideDigest(pull.Value)))
	}
	return result{Ref: ref, Candidates: candidates}
}

// The docker transport refuses tag and digest together; CRI-O and podman drop the tag first.
func withoutTagBesideDigest(named reference.Named) reference.Named {
	canonical, digested := named.(reference.Canonical)
	if _, tagged := named.(reference.NamedTagged); !tagged || !digested {
		return named
	}
	bare, err := reference.WithDigest(reference.TrimNamed(named), canonical.Digest())
	if err != nil {
		panic(err)
	}
	return bare
}

func resolveCandidate(sys *types.SystemContext, named reference.Named) candidate {
	answer := candidate{Normalized: named.String(), Sources: []source{}}
	registry, err := sysregistriesv2.FindRegistry(sys, named.Name())
	if err != nil {
		answer.Error = &failure{Code: "find", Message: err.Error()}
		return answer
	}
	if registry == nil {
		answer.Sources = append(answer.Sources, source{Ref: named.String()})
		return answer
	}
	answer.MatchedPrefix = registry.Prefix
	sources, err := registry.PullSourcesFromReference(named)
	if err != nil {
		answer.Error = &failure{Code: rewriteCode(err.Error()), Message: err.Error()}
		return answer
	}
	for index, found := range sources {
		own, err := sysregistriesv2.FindRegistry(sys, found.Reference.Name())
		if err != nil {
			answer.Error = &failure{Code: "find", Message: err.Error()}
			return answer
		}
		answer.Sources = append(answer.Sources, source{
			Ref:      found.Reference.String(),
			Mirror:   index < len(sources)-1,
			Insecure: found.Endpoint.Insecure,
			Blocked:  own != nil && own.Blocked,
		})
	}
	return answer
}

type class struct{ part, code string }

func codeOf(message string, classes []class, otherwise string) string {
	for _, known := range classes {
		if strings.Contains(message, known.part) {
			return known.code
		}
	}
	return otherwise
}

func configurationCode(message string) string {
	return codeOf(message, []class{
		{"validating short-name aliases", "aliases"},
		{"in v2 format but is in v1", "v1"},
		{"URI schemes are not supported", "location-has-scheme"},
		{"both location and prefix are unset", "location-and-prefix-unset"},
		{"prefix is not in the format", "location-unset-prefix-not-wildcard"},
		{"must not be set for a non-mirror registry", "pull-from-mirror-on-registry"},
		{"mirror location is unset", "mirror-location-unset"},
		{"cannot set mirror usage mirror-by-digest-only", "digest-only-and-pull-from-mirror"},
		{"unsupported pull-from-mirror value", "pull-from-mirror-unsupported"},
		{"conflicting 'insecure'", "conflicting-insecure"},
		{"conflicting 'blocked'", "conflicting-blocked"},
		{"Invalid unqualified-search-registries entry", "invalid-search-registry"},
		{"invalid short-name mode", "invalid-short-name-mode"},
		{"Wildcarded prefix should be", "invalid-wildcard-prefix"},
		{"toml: ", "toml"},
	}, "other")
}

func shortNameCode(message string) string {
	return codeOf(message, []class{
		{"creating reference with unqualified-search", "short-name-candidate-invalid"},
		{"did not resolve to an alias", "short-name-unresolvable"},
		{"cannot prompt without a TTY", "short-name-enforcing-no-tty"},
		{"cannot parse input", "short-name-input-unparsable"},
		{"cannot normalize input", "short-name-input-unparsable"},
	}, "other")
}

func rewriteCode(message string) string {
	return codeOf(message, []class{
		{"repository name must be canonical", "rewrite-not-canonical"},
		{"for empty location", "empty-location-needs-wildcard-prefix"},
		{"rewriting reference", "rewrite-invalid-reference"},
		{"invalid prefix", "prefix-does-not-match"},
	}, "other")
}
