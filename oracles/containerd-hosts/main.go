// Answers JSON lines with what containerd makes of a certs.d tree: the hosts of one registry, in order.
//
//	in:  {"tree": {"quay.io/hosts.toml": "..."}, "host": "quay.io"}
//	out: {"hosts": [{"scheme", "host", "path", "capabilities": ["pull", ...], "skipVerify", "plainFallback"}]} or {"error": "..."}
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/containerd/containerd/v2/core/remotes/docker"
	"github.com/containerd/containerd/v2/core/remotes/docker/config"
	"github.com/sirupsen/logrus"
)

type question struct {
	Tree map[string]string `json:"tree"`
	Host string            `json:"host"`
}

type host struct {
	Scheme        string   `json:"scheme"`
	Host          string   `json:"host"`
	Path          string   `json:"path"`
	Capabilities  []string `json:"capabilities"`
	SkipVerify    bool     `json:"skipVerify"`
	PlainFallback bool     `json:"plainFallback"`
}

type answer struct {
	Hosts []host `json:"hosts,omitempty"`
	Error string `json:"error,omitempty"`
}

func main() {
	logrus.SetOutput(io.Discard)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 64<<20)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		if err := output.Encode(reply(input.Bytes())); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func reply(line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	hosts, err := hostsOf(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Hosts: hosts}
}

func hostsOf(asked question) ([]host, error) {
	root, err := os.MkdirTemp("", "certs.d-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)
	if err := writeTree(root, asked.Tree); err != nil {
		return nil, err
	}
	configure := config.ConfigureHosts(context.Background(), config.HostOptions{HostDir: config.HostDirFromRoot(root)})
	registryHosts, err := configure(asked.Host)
	if err != nil {
		return nil, err
	}
	hosts := make([]host, 0, len(registryHosts))
	for _, each := range registryHosts {
		hosts = append(hosts, describe(each))
	}
	return hosts, nil
}

func writeTree(root string, tree map[string]string) error {
	for name, text := range tree {
		path := filepath.Join(root, filepath.Clean("/"+name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "@ROOT@", root)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func describe(each docker.RegistryHost) host {
	described := host{Scheme: each.Scheme, Host: each.Host, Path: each.Path, Capabilities: []string{}}
	for _, capability := range []struct {
		bit  docker.HostCapabilities
		name string
	}{
		{docker.HostCapabilityPull, "pull"},
		{docker.HostCapabilityResolve, "resolve"},
		{docker.HostCapabilityPush, "push"},
		{docker.HostCapabilityReferrers, "referrers"},
	} {
		if each.Capabilities.Has(capability.bit) {
			described.Capabilities = append(described.Capabilities, capability.name)
		}
	}
	if transport, ok := each.Client.Transport.(*http.Transport); ok {
		described.SkipVerify = transport.TLSClientConfig != nil && transport.TLSClientConfig.InsecureSkipVerify
	} else {
		described.PlainFallback = true
	}
	return described
}
