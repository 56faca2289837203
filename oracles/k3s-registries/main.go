// Answers JSON lines with what the registries.yaml library of k3s and rke2 asks for an image, in order.
//
//	in:  {"registries": "mirrors: ...", "image": "quay.io/ns/app:v1"}
//	out: {"attempts": ["https://mirror.example.com/v2/ns/app/manifests/v1?ns=quay.io", ...]} or {"error": "..."}
//
// Nothing leaves the machine: a loopback proxy, whose certificates the process trusts, answers for every host.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/logs"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/rancher/wharfie/pkg/registries"
	"github.com/sirupsen/logrus"
)

type question struct {
	Registries string `json:"registries"`
	Image      string `json:"image"`
}

type answer struct {
	Attempts []string `json:"attempts,omitempty"`
	Error    string   `json:"error,omitempty"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	logrus.SetOutput(io.Discard)
	logs.Warn.SetOutput(io.Discard)
	directory, err := os.MkdirTemp("", "k3s-registries-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory)
	proxy, err := startProxy(directory)
	if err != nil {
		return err
	}
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 64<<20)
	output := json.NewEncoder(os.Stdout)
	output.SetEscapeHTML(false)
	for input.Scan() {
		if err := output.Encode(reply(input.Bytes(), proxy, directory)); err != nil {
			return err
		}
	}
	return input.Err()
}

func reply(line []byte, proxy *recordingProxy, directory string) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	attempts, err := attemptsOf(asked, proxy, directory)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Attempts: attempts}
}

func attemptsOf(asked question, proxy *recordingProxy, directory string) ([]string, error) {
	file := filepath.Join(directory, "registries.yaml")
	if err := os.WriteFile(file, []byte(asked.Registries), 0o600); err != nil {
		return nil, err
	}
	configured, err := registries.GetPrivateRegistries(file)
	if err != nil {
		return nil, err
	}
	reference, err := name.ParseReference(asked.Image)
	if err != nil {
		return nil, err
	}
	proxy.forget()
	// The proxy has no image, so every endpoint is asked; the error is the expected end.
	_, err = configured.Image(reference)
	if attempts := proxy.seen(); len(attempts) > 0 {
		return attempts, nil
	}
	return nil, err
}
