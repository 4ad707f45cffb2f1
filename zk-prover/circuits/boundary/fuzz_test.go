package boundary

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/fxamacker/cbor/v2"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
	"bulwark.io/circuits/verification"
)

// outcome is the class of an answer, and what is in it: the fields of a refusal, or the one that was given.
func outcome(t testing.TB, answer []byte) (refusal.Class, []any) {
	t.Helper()
	root, document := canonical.Decode(answer, refusal.Internal, "answer")
	fields := root.Items()
	if document.Fault() != nil || len(fields) < 2 {
		t.Fatalf("an answer must be an array of its class and more: %x", answer)
	}
	contents := make([]any, len(fields)-1)
	for i, field := range fields[1:] {
		contents[i] = field.Content()
	}
	return refusal.Class(fields[0].Int(math.MinInt64, math.MaxInt64)), contents
}

// given is what a call answers, which must succeed.
func given[A any](t testing.TB, call ...any) A {
	t.Helper()
	class, answer := outcome(t, Call(canonical.Encode(call)))
	if class != 0 {
		t.Fatalf("%v must be answered: %d %v", call[0], class, answer)
	}
	return answer[0].(A)
}

// entry is a function that decodes bytes of a stranger, with requests that it understands.
type entry struct {
	name  string
	want  refusal.Class // of every seed
	seeds [][]byte
	call  func(encoded []byte) (answer []byte)
}

// asking makes an entry's call of a function whose last argument is the stranger's.
func asking(call ...any) func([]byte) []byte {
	return func(encoded []byte) []byte { return Call(canonical.Encode(append(append([]any{}, call...), encoded))) }
}

// opening is asking a function that gives a handle, and then for that handle to be closed.
func opening(open, closing string) func([]byte) []byte {
	return func(encoded []byte) []byte {
		answer := asking(open)(encoded)
		root, _ := canonical.Decode(answer, refusal.Internal, "answer")
		if fields := root.Items(); len(fields) == 2 {
			return Call(canonical.Encode([]any{closing, fields[1].Content()}))
		}
		return answer
	}
}

// small has the sizes of the account circuit that is asked here; its structure is the table's.
func small(table *risktable.Table) []any {
	return []any{int64(2), int64(1), int64(1), int64(0), int64(smallDepth), string(account.Direct), table.Structure.Encoded()}
}

const smallDepth = 1

// certificateShape is that of a certificate over a table and a random tariff of it, whose scenarios are certificateRows.
func certificateShape(table *risktable.Table) []any {
	groups := int64(0)
	for _, group := range table.Groups {
		if group.Charged {
			groups++
		}
	}
	return []any{int64(1), int64(3), int64(2), int64(40), int64(40), groups, int64(tabletest.TariffScenarios), int64(2), int64(2)}
}

var certificateRows = []any{int64(0), int64(1), int64(2), int64(3), int64(4), int64(5), int64(6)}

func entries(t testing.TB, folder string) []entry {
	element := make([]byte, 32)
	table := tableOfTheVectors(t)
	t.Chdir(folder) // a stranger's path that is not absolute leads nowhere else
	parsed, err := risktable.Parse(table)
	if err != nil {
		t.Fatal(err)
	}
	leaf := []any{"bulwark-account", int64(1), int64(7), element, element, int64(1_000_000), []any{[]any{int64(1), int64(-5)}, []any{int64(7), int64(9)}},
		[]any{}, []any{[]any{int64(2), int64(10)}}, []any{[]any{int64(2), int64(4)}}}
	epoch := []any{element, int64(1), element, element, element, element, element, element, element, element, element, element}
	request := canonical.Encode(rightRequest(t, table, parsed))
	tableHandle := given[int64](t, "table-open", table)
	circuit := given[int64](t, "circuit-compile", canonical.Encode([]any{"bulwark-compile", int64(1), account.Name, small(parsed)}))
	rehearsed, nowhere := []any{int64(400)}, filepath.Join(folder, "nowhere")
	joined := verificationSeeds(t, folder)
	key := verification.KeyFile{Record: verification.KeyRecord{Circuit: account.Name, Shape: []any{int64(1)}, Constraints: 1, Vk: sha256.Sum256(joined[0][:656])},
		Vk: joined[0][:656]}
	return []entry{
		{"call", 0, [][]byte{canonical.Encode([]any{"version"}), canonical.Encode([]any{"hash", int64(10), element}), canonical.Encode([]any{"configure", int64(0), int64(0), int64(0)}),
			canonical.Encode([]any{"table-root", tableHandle}), canonical.Encode([]any{"table-evaluated", tableHandle, "challenge", element, element}),
			canonical.Encode([]any{"tariff-commit", tableHandle, tabletest.Tariff(rand.New(rand.NewPCG(1, 2)), parsed)}),
			canonical.Encode([]any{"tariff-charge", tableHandle, tabletest.Tariff(rand.New(rand.NewPCG(1, 2)), parsed), canonical.Encode(leaf)}),
			canonical.Encode([]any{"solve", circuit, tableHandle, request})}, Call},
		{"hash", 0, [][]byte{element, make([]byte, 96)}, asking("hash", int64(1))},
		{"node", 0, [][]byte{make([]byte, 128)}, asking("node")},
		{"table", 0, [][]byte{table}, opening("table-open", "table-close")},
		{"account leaf", 0, [][]byte{canonical.Encode(leaf)}, asking("account-leaf")},
		{"epoch digest", 0, [][]byte{canonical.Encode([]any{"bulwark-epoch-digest", int64(2), epoch})}, asking("epoch-digest")},
		{"owner", 0, [][]byte{make([]byte, 64)}, func(encoded []byte) []byte {
			cut := min(32, len(encoded))
			return Call(canonical.Encode([]any{"owner", encoded[:cut], encoded[cut:], int64(7)}))
		}},
		{"set-up", refusal.Key, [][]byte{canonical.Encode([]any{"bulwark-setup", int64(1), rehearsal.Name, rehearsed, nowhere}),
			canonical.Encode([]any{"bulwark-setup", int64(1), account.Name, small(parsed), nowhere})}, asking("set-up")},
		{"circuit", refusal.Key, [][]byte{canonical.Encode([]any{"bulwark-circuit", int64(3), rehearsal.Name, rehearsed, nowhere, element})},
			opening("circuit-open", "circuit-close")},
		{"compilation", 0, [][]byte{canonical.Encode([]any{"bulwark-compile", int64(1), rehearsal.Name, []any{int64(3)}})},
			opening("circuit-compile", "circuit-close")},
		{"solution", 0, [][]byte{request}, asking("solve", circuit, tableHandle)},
		{"contagion terms", refusal.Claim, [][]byte{tabletest.Tariff(rand.New(rand.NewPCG(1, 2)), parsed)}, func(encoded []byte) []byte {
			return Call(canonical.Encode([]any{"contagion-terms", certificateShape(parsed), table, encoded, certificateRows}))
		}},
		{"contagion flows", refusal.Claim, [][]byte{canonical.Encode([]any{"bulwark-contagion-prove", int64(2),
			canonical.Encode([]any{"bulwark-epoch-digest", int64(2), epoch}), tabletest.Tariff(rand.New(rand.NewPCG(1, 2)), parsed), certificateRows,
			[]any{canonical.Encode(leaf)}, []any{[]any{int64(0), int64(5), int64(4), int64(-3), int64(2)}}})}, asking("contagion-flows", certificateShape(parsed), table)},
		{"proof without a key", refusal.Key, [][]byte{request}, asking("prove", circuit, tableHandle)},
		{"commitment", refusal.Account, [][]byte{canonical.Encode(leaf)}, func(encoded []byte) []byte {
			return Call(canonical.Encode([]any{"request-commit", circuit, tableHandle, encoded, int64(0), element}))
		}},
		{"verifier for contracts", 0, [][]byte{canonical.Encode([]any{"bulwark-solidity", int64(2), key.Encode()})}, asking("solidity-export")},
		{"proof for contracts", 0, [][]byte{joined[0][656 : 656+verification.ProofBytes]}, asking("solidity-proof")},
		{"verification", 0, joined, verifyJoined},
		{"ceremony init", refusal.Ceremony, [][]byte{canonical.Encode([]any{"bulwark-ceremony-init", int64(1), folder, []any{"powers", int64(4)}}),
			canonical.Encode([]any{"bulwark-ceremony-init", int64(1), folder, []any{"circuit", rehearsal.Name, rehearsed, nowhere}})}, asking("ceremony-init")},
		{"ceremony contribute", refusal.Ceremony, [][]byte{canonical.Encode([]any{"bulwark-ceremony-contribute", int64(2), nowhere, "Ada", ""})}, asking("ceremony-contribute")},
		{"ceremony seal", refusal.Ceremony, [][]byte{canonical.Encode([]any{"bulwark-ceremony-seal", int64(1), nowhere, make([]byte, 16), "source", nowhere})},
			asking("ceremony-seal")},
		{"transcript", 0, [][]byte{transcriptOf(t, folder)}, func(encoded []byte) []byte {
			if err := os.WriteFile(filepath.Join(folder, "transcript.cbor"), encoded, 0o600); err != nil {
				t.Fatal(err)
			}
			return asking("ceremony-verify")(canonical.Encode([]any{"bulwark-ceremony-verify", int64(2), folder, ""}))
		}},
		{"book keys", refusal.Request, [][]byte{canonical.Encode([]any{"bulwark-book-keys", int64(1), []any{[]any{int64(1), int64(1), int64(1), int64(2), int64(2),
			int64(1)}, element}, []any{}, []any{[]any{int64(2), int64(2), int64(1), int64(1), int64(1)}, element}})},
			func(encoded []byte) []byte {
				return Call(canonical.Encode([]any{"book-verify", encoded, table, encoded}))
			}},
	}
}

// rightRequest is a request that the circuit accepts: an account of cash alone, in a tree of its own; over venues with a standing.
func rightRequest(t testing.TB, encoding []byte, table *risktable.Table) []any {
	t.Helper()
	return requestOf(t, encoding, table, 1_000_000)
}

func requestOf(t testing.TB, encoding []byte, table *risktable.Table, cash int64) []any {
	t.Helper()
	const number = 2
	zero := make([]byte, 32)
	owner := given[[]byte](t, "owner", zero, zero, int64(number))
	holder := []any{"bulwark-account", int64(1), int64(number), owner, zero, cash, []any{}, []any{}, []any{}, []any{}}
	if table.AtVenues() {
		holder[1] = int64(2)
		holder = append(holder, []any{[]any{int64(1), int64(7)}})
	}
	leaf := given[[]byte](t, "account-leaf", canonical.Encode(holder))
	tree := given[int64](t, "tree-open", int64(smallDepth))
	given[[]any](t, "tree-update", tree, binary.BigEndian.AppendUint64(nil, number), leaf)
	root, path := given[[]byte](t, "tree-root", tree), given[[]byte](t, "tree-path", tree, int64(number))
	given[[]any](t, "tree-close", tree)
	tableRoot, tableSha := table.Root.Bytes(), sha256.Sum256(encoding)
	epoch := []any{zero, int64(1), zero, root, tableRoot[:], tableSha[:], zero, zero, zero, zero, zero, zero}
	return []any{"bulwark-prove", int64(4), epoch, holder, zero, zero, path, zero, zero, int64(1), int64(0), int64(0), int64(0), int64(0), []any{}, []any{},
		[]byte{}, []any{}}
}

// tableOfTheVectors is the risk table that the shared vectors pin.
func tableOfTheVectors(t testing.TB) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "vectors", "margin.json"))
	if err != nil {
		t.Fatal(err)
	}
	var vector struct{ Encoding string }
	if err := json.Unmarshal(content, &vector); err != nil {
		t.Fatal(err)
	}
	table, err := hex.DecodeString(vector.Encoding)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// verificationSeeds is a real key, proof and public inputs, one behind the other.
func verificationSeeds(t testing.TB, folder string) [][]byte {
	t.Helper()
	shape, keys := rehearsal.Shape{Steps: 3}, filepath.Join(folder, "keys")
	if err := os.MkdirAll(keys, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := groth.Setup(shape, keys); err != nil {
		t.Fatal(err)
	}
	key, err := groth.Open(groth.Wanted{Shape: shape, Directory: keys})
	if err != nil {
		t.Fatal(err)
	}
	var zero fr.Element
	assignment, public := rehearsal.Assign(shape, zero, zero, zero, zero, 5)
	proof, err := key.Prove(assignment, public)
	if err != nil {
		t.Fatal(err)
	}
	return [][]byte{append(append(append([]byte{}, key.VerifyingKey()...), proof...), groth.PublicInputs(public)...)}
}

// verifyJoined cuts what verificationSeeds joined; what is missing or left over lengthens or shortens the public inputs.
func verifyJoined(joined []byte) []byte {
	const keyBytes = 656
	cut := func(n int) []byte {
		part := joined[:min(n, len(joined))]
		joined = joined[len(part):]
		return part
	}
	vk, proof := cut(keyBytes), cut(verification.ProofBytes)
	return Call(canonical.Encode([]any{"verify", vk, proof, joined}))
}

// transcriptOf begins powers in a folder and gives their transcript.
func transcriptOf(t testing.TB, folder string) []byte {
	t.Helper()
	begun := filepath.Join(folder, "begun")
	given[[]byte](t, "ceremony-init", canonical.Encode([]any{"bulwark-ceremony-init", int64(1), begun, []any{"powers", int64(4)}}))
	for range 2 {
		given[[]byte](t, "ceremony-contribute", canonical.Encode([]any{"bulwark-ceremony-contribute", int64(2), begun, "Ada", filepath.Join(folder, "key")}))
	}
	if err := os.CopyFS(folder, os.DirFS(begun)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(begun, "transcript.cbor"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// checkAnswer: a call is answered with a class of the ABI, never with a failure of the library's own, and a refusal is explained.
func checkAnswer(t *testing.T, name string, answer []byte) refusal.Class {
	t.Helper()
	class, content := outcome(t, answer)
	if class < refusal.Ceremony || class > 0 {
		t.Fatalf("%s: want a class of the ABI, have %d", name, class)
	}
	if class == 0 {
		return class
	}
	if len(content) != 3 {
		t.Fatalf("%s: a refusal must have code, place and constraint: %v", name, content)
	}
	code, isText := content[0].(string)
	constraint, isNumber := content[2].(int64)
	if _, hasPlace := content[1].(string); !hasPlace || !isText || code == "" || !isNumber || constraint < -1 {
		t.Fatalf("%s: a refusal must be explained: %v", name, content)
	}
	return class
}

// mutate changes one place of a tree that stays canonical, so that what lies behind the decoder is reached.
func mutate(random *rand.Rand, tree any) any {
	strange := []any{int64(0), int64(-1), int64(math.MaxInt64), int64(math.MinInt64), int64(1) << 32, "", "\x00", []byte{}, make([]byte, 31), make([]byte, 33),
		[]byte{0xff, 0xff, 0xff, 0xff}, []any{}, []any{[]any{[]any{}}}}
	items, isList := tree.([]any)
	if !isList || len(items) == 0 || random.IntN(8) == 0 {
		return strange[random.IntN(len(strange))]
	}
	changed, at := append([]any{}, items...), random.IntN(len(items))
	switch random.IntN(6) {
	case 0:
		return append(changed[:at], changed[at+1:]...)
	case 1:
		return append(changed, changed[at])
	default:
		changed[at] = mutate(random, changed[at])
		return changed
	}
}

func mutant(random *rand.Rand, seed []byte) []byte {
	var tree any
	if random.IntN(3) > 0 && decoding.Unmarshal(seed, &tree) == nil {
		return canonical.Encode(mutate(random, tree))
	}
	changed := append([]byte{}, seed...)
	switch at := random.IntN(len(changed)); random.IntN(4) {
	case 0:
		return changed[:at]
	case 1:
		return append(changed, make([]byte, 1+random.IntN(40))...)
	case 2:
		changed[at] = 0xff
	default:
		changed[at] ^= 1 << random.IntN(8)
	}
	return changed
}

var decoding = func() cbor.DecMode {
	mode, err := cbor.DecOptions{IntDec: cbor.IntDecConvertSigned}.DecMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

const mutantsEach = 150

func TestShouldAnswerWhateverItIsSent(t *testing.T) {
	witnesstest.FullTier(t)
	random := rand.New(rand.NewPCG(71, 72))
	for _, entry := range entries(t, t.TempDir()) {
		for _, seed := range entry.seeds {
			answer := entry.call(seed)
			if class := checkAnswer(t, entry.name, answer); class != entry.want {
				t.Errorf("%s: want class %d, have %d %q", entry.name, entry.want, class, answer)
			}
			for range mutantsEach {
				checkAnswer(t, entry.name, entry.call(mutant(random, seed)))
			}
		}
	}
}

func FuzzCalls(f *testing.F) {
	all := entries(f, f.TempDir())
	for i, entry := range all {
		for _, seed := range entry.seeds {
			f.Add(uint8(i), seed)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, encoded []byte) {
		entry := all[int(which)%len(all)]
		checkAnswer(t, entry.name, entry.call(encoded))
	})
}
