package main

import (
	"os"
	"path/filepath"

	"go.podman.io/image/v5/pkg/docker/config"
	"go.podman.io/image/v5/pkg/sysregistriesv2"
	"go.podman.io/image/v5/signature"
)

type found struct {
	Username      string `json:"username"`
	Password      string `json:"password"`
	IdentityToken string `json:"identityToken"`
}

func credentials(root string, asked question) any {
	sys, err := writeConfiguration(root, question{})
	if err != nil {
		return failed{failure{Code: "io", Message: err.Error()}}
	}
	file := filepath.Join(root, "auth.json")
	if err := os.WriteFile(file, []byte(asked.AuthJSON), 0o600); err != nil {
		return failed{failure{Code: "io", Message: err.Error()}}
	}
	if asked.Legacy {
		sys.LegacyFormatAuthFilePath = file
	} else {
		sys.AuthFilePath = file
	}
	sysregistriesv2.InvalidateCache()
	auth, err := config.GetCredentials(sys, asked.Key)
	if err != nil {
		return failed{failure{Message: err.Error()}}
	}
	return found{auth.Username, auth.Password, auth.IdentityToken}
}

func policy(asked question) any {
	if _, err := signature.NewPolicyFromBytes([]byte(asked.Text)); err != nil {
		return failed{failure{Message: err.Error()}}
	}
	return map[string]bool{"ok": true}
}
