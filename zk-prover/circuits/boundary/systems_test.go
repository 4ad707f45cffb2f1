package boundary

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

var (
	updateSystems = flag.Bool("update-systems", false, "compile every circuit of systems.json and write what it comes to")
	addSystems    = flag.String("add-systems", "", "key files, with commas between them, whose circuits are put into systems.json as shapes of tests")
	addShapes     = flag.String("add-shapes", "", "CIRCUIT=SHAPE, with commas between them: the same by shapes, hexadecimal")
	ofHouses      = flag.Bool("of-houses", false, "what is added are shapes of houses' own keys, not of tests")
)

var systemsPath = filepath.Join("..", "verification", "systems.json")

// Every circuit that the release says it compiled is compiled here and compared: an unknown system leaves a verifier's pin missing, a wrong
// one would have it take another circuit for the one that the key's record names. Before a push a part of the houses' own is drawn.
func TestShouldCompileTheSystemsThatTheReleaseNames(t *testing.T) {
	witnesstest.FullTier(t)
	content, err := os.ReadFile(systemsPath)
	if err != nil {
		t.Fatal(err)
	}
	var systems []verification.System
	if err := json.Unmarshal(content, &systems); err != nil {
		t.Fatal(err)
	}
	if len(systems) == 0 {
		t.Fatal("no systems")
	}
	for i, named := range systems {
		if !*updateSystems && (adds() || !named.Test && !witnesstest.Drawn(named.Circuit+named.Shape)) {
			continue
		}
		compiled := compiledSystem(t, named)
		if *updateSystems {
			systems[i] = compiled
		} else if compiled != named {
			t.Errorf("%s %s: want %+v, have %+v", named.Circuit, named.Shape, named, compiled)
		}
	}
	for _, named := range added(t) {
		same := func(s verification.System) bool { return s.Circuit == named.Circuit && s.Shape == named.Shape }
		systems = append(slices.DeleteFunc(systems, same), compiledSystem(t, named))
	}
	if *updateSystems || adds() {
		encoded, err := json.MarshalIndent(systems, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(systemsPath, append(encoded, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func adds() bool { return *addSystems != "" || *addShapes != "" }

func added(t *testing.T) (systems []verification.System) {
	if *addSystems != "" {
		for path := range strings.SplitSeq(*addSystems, ",") {
			systems = append(systems, systemOf(t, path))
		}
	}
	if *addShapes != "" {
		for named := range strings.SplitSeq(*addShapes, ",") {
			circuit, shape, _ := strings.Cut(named, "=")
			systems = append(systems, verification.System{Circuit: circuit, Shape: shape, Test: !*ofHouses})
		}
	}
	return systems
}

func systemOf(t *testing.T, path string) verification.System {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key, err := verification.ParseKeyFile(content)
	if err != nil {
		t.Fatal(err)
	}
	return verification.System{Circuit: key.Record.Circuit, Shape: hex.EncodeToString(canonical.Encode(key.Record.Shape)), Test: true}
}

// compiledSystem compiles the circuit of an entry.
func compiledSystem(t *testing.T, named verification.System) verification.System {
	t.Helper()
	encoded, err := hex.DecodeString(named.Shape)
	if err != nil {
		t.Fatal(err)
	}
	root, document := canonical.Decode(encoded, refusal.Form, "shape")
	if document.Fault() != nil {
		t.Fatal(document.Fault())
	}
	shape, err := catalogue.ParseCompile(canonical.Encode([]any{"bulwark-compile", int64(1), named.Circuit, root.Content()}))
	if err != nil {
		t.Fatal(err)
	}
	if again := hex.EncodeToString(canonical.Encode(shape.Encoded())); again != named.Shape {
		t.Errorf("%s: a shape must be encoded as it was read; have %s", named.Circuit, again)
	}
	system, err := groth.Compile(shape)
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.New()
	if _, err := system.WriteTo(hash); err != nil {
		t.Fatal(err)
	}
	named.Constraints, named.System = int64(system.GetNbConstraints()), hex.EncodeToString(hash.Sum(nil))
	return named
}

// A record is checked by compiling what it names: another system, count of constraints or structure is refused.
func TestShouldCheckARecordByCompilingItsCircuit(t *testing.T) {
	shape, err := catalogue.ParseCompile(canonical.Encode([]any{"bulwark-compile", int64(1), "rehearsal", []any{int64(9)}}))
	if err != nil {
		t.Fatal(err)
	}
	directory := t.TempDir()
	written, err := groth.Setup(shape, directory)
	if err != nil {
		t.Fatal(err)
	}
	if compiled, err := groth.CheckRecord(catalogue, written.Record); err != nil || compiled != written.Record.Compiled() {
		t.Fatalf("an honest record must hold: %v", err)
	}
	for name, change := range map[string]func(*verification.KeyRecord){
		"system":      func(r *verification.KeyRecord) { r.System[0] ^= 1 },
		"constraints": func(r *verification.KeyRecord) { r.Constraints++ },
		"structure":   func(r *verification.KeyRecord) { r.Structure = make([]byte, 32) },
		"shape":       func(r *verification.KeyRecord) { r.Shape = []any{int64(10)} },
	} {
		record := written.Record
		change(&record)
		if _, err := groth.CheckRecord(catalogue, record); refusal.Of(err).Code != "CIRCUIT_DIFFERS" {
			t.Errorf("another %s: want CIRCUIT_DIFFERS, have %v", name, err)
		}
	}
	record := written.Record
	record.Circuit = "account"
	if _, err := groth.CheckRecord(catalogue, record); err == nil {
		t.Error("another circuit must be refused")
	}
}
