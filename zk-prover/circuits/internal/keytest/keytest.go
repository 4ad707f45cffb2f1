// Package keytest keeps the keys that tests make: a set-up of a small circuit takes seconds, and a circuit that has not changed needs none.
package keytest

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bulwark.io/circuits/groth"
)

const (
	prefix = "circuit-"
	// keyAge is how long a key lies unused before it is removed: another checkout may still have the circuit.
	keyAge = 48 * time.Hour
)

// Open is a key of a shape, made if none is kept for exactly this constraint system. Whoever tests how keys are made calls groth.Setup.
func Open(shape groth.Shape) (*groth.Key, error) {
	system, err := groth.Compile(shape)
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	digest.Write([]byte(shape.Circuit() + " " + shape.String() + "\n"))
	if _, err := system.WriteTo(digest); err != nil {
		return nil, err
	}
	kept := filepath.Join(folder(), prefix+hex.EncodeToString(digest.Sum(nil)[:16]))
	if key, err := open(shape, kept); err == nil {
		return key, nil
	}
	if err := setup(shape, kept); err != nil {
		return nil, err
	}
	return open(shape, kept)
}

// open marks the key as used.
func open(shape groth.Shape, kept string) (*groth.Key, error) {
	now := time.Now()
	if err := os.Chtimes(kept, now, now); err != nil {
		return nil, err
	}
	return groth.Open(groth.Wanted{Shape: shape, Directory: kept})
}

// setup makes a key beside its place, so that nobody opens half of one, and removes what is there and does not open.
func setup(shape groth.Shape, kept string) error {
	if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
		return err
	}
	removeOld(filepath.Dir(kept))
	growing, err := os.MkdirTemp(filepath.Dir(kept), "growing-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(growing)
	if _, err := groth.Setup(shape, growing); err != nil {
		return err
	}
	if _, err := open(shape, kept); err == nil {
		return nil // another test was first
	}
	if err := os.RemoveAll(kept); err != nil {
		return err
	}
	return os.Rename(growing, kept)
}

func removeOld(keys string) {
	entries, err := os.ReadDir(keys)
	if err != nil {
		return
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && strings.HasPrefix(entry.Name(), prefix) && time.Since(info.ModTime()) > keyAge {
			os.RemoveAll(filepath.Join(keys, entry.Name()))
		}
	}
}

// folder is where the builds of this user keep keys (build.sh says so too).
func folder() string {
	if named := os.Getenv("BULWARK_BUILD_CACHE"); named != "" {
		return filepath.Join(named, "keys")
	}
	caches, err := os.UserCacheDir()
	if err != nil {
		caches = os.TempDir()
	}
	return filepath.Join(caches, "bulwark", "keys")
}
