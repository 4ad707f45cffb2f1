package vectors

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/verification"
)

// matrix.json holds the matrix for the verifiers that stand elsewhere: verb, HTTP, page, JVM and contracts. Its form is that of judgement.json.

const (
	matrixFile  = "matrix.json"
	matrixHouse = "matrix"
	stale       = "run with -update"
)

// writeMatrix makes keys, proofs, house and cases; what the judge says is filled in by the caller.
func (m *matrixOf) writeMatrix() *judgementVectors {
	out := &judgementVectors{About: "One honest proof of every circuit, in the smallest shape that it has, and the same wrapped as a proof under the key of every " +
		"other; keys made by one machine, a house that lists them all and one whose tables list venues, " +
		"and what the one judge says: a proof is taken under its own key alone, a rehearsal nowhere.",
		Keys: map[string]string{}, Proofs: map[string]string{},
		Houses: map[string]string{m.sealed.name: string(m.sealed.file), m.venues.name: string(m.venues.file)}}
	for _, key := range m.names {
		out.Keys[key] = hex.EncodeToString(m.file(key))
		for _, e := range m.entries {
			out.Proofs[e.as(key)] = string(e.wrapped(m.identity(key)))
		}
	}
	out.Cases = m.cases()
	return out
}

// as is the name of an entry's proof in the file form that names a key.
func (e matrixEntry) as(key string) string {
	if key == e.key {
		return e.name
	}
	return e.name + " as " + key
}

// cases: every entry as of every key, for one who pins the house and for one who pins nothing of it, both without what stands beside a proof,
// since not every front can tell that; then under its own key with everything, and beside all keys but its own.
func (m *matrixOf) cases() (cases []judgementCase) {
	add := func(name, proof, house string, e expected, keys ...string) {
		e.Compiled = nil // of the keys that are given
		for _, key := range keys {
			compiled := m.keys[key].File().Record.Compiled()
			e.Compiled = append(e.Compiled, hex.EncodeToString(compiled[:]))
		}
		cases = append(cases, judgementCase{Name: name, Proof: proof, Keys: keys, House: house, Expected: e, Expectation: hex.EncodeToString(must(e.Encode()))})
	}
	for _, e := range m.entries {
		whole, house := m.expects(verifier{pinned: true}, e), m.houseOf(e.key).name
		pinned := whole
		pinned.Facts, pinned.Requests, pinned.Margins, pinned.Holdings = nil, nil, nil, 0
		unpinned := pinned
		if unpinned.House = ""; e.says.Tag >= publicinput.TagMarginSealed {
			unpinned.Statement = nil
		}
		for _, key := range m.names {
			add(e.as(key)+": pinned", e.as(key), house, pinned, key)
			add(e.as(key)+": nothing pinned", e.as(key), "", unpinned, key)
		}
		add(e.name+": whole", e.name, house, whole, e.key)
		others := slices.DeleteFunc(slices.Clone(m.names), func(name string) bool { return name == e.key })
		add(e.name+": every key but its own", e.name, house, whole, others...)
	}
	return cases
}

// outcomeOf says what must come of a case, whatever the file says.
func (m *matrixOf) outcomeOf(c judgementCase) verification.Outcome {
	e := m.entries[slices.IndexFunc(m.entries, func(e matrixEntry) bool { return c.Proof == e.name || strings.HasPrefix(c.Proof, e.name+" as ") })]
	beside := len(e.facts) > 0 || e.shown.requests != nil
	switch what := c.Name[len(c.Proof)+2:]; {
	case c.Proof != e.name, e.name == "rehearsal", what == "every key but its own":
		return verification.Refused
	case what == "nothing pinned":
		return verification.Unanchored
	case !e.alone:
		return verification.Refused // its seal is no epoch's
	case what == "pinned" && beside:
		return verification.Unanchored
	default:
		return verification.Trusted
	}
}

func TestShouldJudgeTheMatrixAsItsFile(t *testing.T) {
	m := matrix(t)
	path := filepath.Join(directory, matrixFile)
	if *update {
		made := m.writeMatrix()
		for i, c := range made.Cases {
			made.Cases[i] = c.judged(made)
		}
		if err := os.WriteFile(path, append(must(json.MarshalIndent(made, "", " ")), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var file judgementVectors
	if err := json.Unmarshal(must(os.ReadFile(path)), &file); err != nil {
		t.Fatal(err)
	}
	m.assertOfToday(t, &file)
	for _, c := range file.Cases {
		if now := c.judged(&file); !reflect.DeepEqual(now, c) {
			t.Errorf("%s: want %+v, have %+v", c.Name, c, now)
		}
		if want := m.outcomeOf(c); c.Outcome != string(want) {
			t.Errorf("%s: want %s, have %s (%s)", c.Name, want, c.Outcome, c.Reason)
		}
	}
}

// assertOfToday: keys and proofs are drawn anew each time; circuits, public inputs and cases must be those that are compiled and asked now.
func (m *matrixOf) assertOfToday(t *testing.T, file *judgementVectors) {
	t.Helper()
	if keys := slices.Sorted(maps.Keys(file.Keys)); !slices.Equal(keys, m.names) {
		t.Fatalf("%s has keys %v, the house %v: %s", matrixFile, keys, m.names, stale)
	}
	for _, name := range m.names {
		record, today := must(verification.ParseKeyFile(unhex(file.Keys[name]))).Record, m.keys[name].File().Record
		if record.Compiled() != today.Compiled() || record.Constraints != today.Constraints || !slices.Equal(record.Structure, today.Structure) {
			t.Errorf("%s: the key is of system %x, the circuit compiles to %x: %s", name, record.System, today.System, stale)
		}
		for _, e := range m.entries {
			proof, err := verification.ParseProofFile([]byte(file.Proofs[e.as(name)]))
			if err != nil || proof.Key != record.Identity() || proof.Public != e.shown.public {
				t.Errorf("%s: a proof of today's public inputs must stand there for key %s: %s", e.as(name), name, stale)
			}
		}
	}
	inputs := func(cases []judgementCase) (list []judgementCase) {
		for _, c := range cases {
			list = append(list, judgementCase{Name: c.Name, Proof: c.Proof, Keys: c.Keys, House: c.House, Expected: c.Expected, Expectation: c.Expectation})
		}
		return list
	}
	if len(file.Proofs) != len(m.names)*len(m.entries) || len(file.Houses) != 2 || !reflect.DeepEqual(inputs(file.Cases), m.cases()) {
		t.Errorf("%s does not hold the cases of today: %s", matrixFile, stale)
	}
}

// sayingOf reads the fields of a statement.
func sayingOf(shown shownProof) saying {
	packed := shown.public[publicinput.StatementInput].BigInt(new(big.Int))
	field := func(offset, bits uint) int64 {
		part := new(big.Int).Rsh(packed, offset)
		return part.And(part, new(big.Int).SetUint64(1<<bits-1)).Int64()
	}
	return saying{Tag: field(0, publicinput.StatementTagBits), Choice: field(publicinput.StatementChoiceOffset, publicinput.StatementChoiceBits),
		Standing: field(publicinput.StatementStandingOffset, 1) == 1, Amount: field(publicinput.StatementAmountOffset, publicinput.StatementAmountBits),
		Name: field(publicinput.StatementNameOffset, publicinput.StatementNameBits)}
}
