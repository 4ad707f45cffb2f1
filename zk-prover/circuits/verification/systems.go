package verification

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"

	"bulwark.io/circuits/plain/canonical"
)

//go:embed systems.json
var systemsFile []byte

// System is a circuit in one shape as this release compiles it.
type System struct {
	Circuit     string `json:"circuit"`
	Shape       string `json:"shape"` // canonical encoding, hexadecimal
	Constraints int64  `json:"constraints"`
	System      string `json:"system"` // SHA-256 of the compiled circuit
	Test        bool   `json:"test"`   // a shape of tests: for houses founded with test keys
}

// Systems are the circuits that this release compiled, in the order of the file.
func Systems() []System {
	var list []System
	if err := json.Unmarshal(systemsFile, &list); err != nil {
		panic("systems.json: " + err.Error())
	}
	return list
}

// systems are the circuits that this release compiled, by circuit and shape. A test compiles each and compares.
var systems = func() map[string]System {
	known := map[string]System{}
	for _, system := range Systems() {
		known[system.Circuit+" "+system.Shape] = system
	}
	return known
}()

func (r KeyRecord) system() (System, bool) {
	system, known := systems[r.Circuit+" "+hex.EncodeToString(canonical.Encode(r.Shape))]
	return system, known
}

// compiledHere says whether this release compiled the circuit of a record to the system that it names; for tests also in shapes of tests.
func compiledHere(record KeyRecord, forTests bool) bool {
	system, known := record.system()
	return known && system.System == hex.EncodeToString(record.System[:]) && (forTests || !system.Test)
}

// compiledOtherwise says whether this release knows the circuit in this shape, and another system of it.
func compiledOtherwise(record KeyRecord) bool {
	system, known := record.system()
	return known && system.System != hex.EncodeToString(record.System[:])
}

// Compiled names circuit, shape and compiled system together: what a verifier notes of a key whose circuit he compiled himself.
func (r KeyRecord) Compiled() [sha256.Size]byte {
	return sha256.Sum256(canonical.Encode([]any{"bulwark-compiled", int64(1), r.Circuit, r.Shape, r.System[:]}))
}
