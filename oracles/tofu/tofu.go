//go:build tofu

// Package tofu names the program that this module builds; see the file "package".
package tofu

import _ "github.com/opentofu/opentofu/cmd/tofu"
