package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"unsafe"

	"github.com/fxamacker/cbor/v2"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/verification"
)

// The exports take C types, which a test file may not import but which this package has under the names that cgo gives them.
type (
	cBytes = *_Ctype_uint8_t
	cInt   = _Ctype_int64_t
)

func pointer(content []byte) (cBytes, cInt) {
	return cBytes(unsafe.Pointer(unsafe.SliceData(content))), cInt(len(content))
}

// block is an output buffer of the library, as a caller in C sees it.
type block struct {
	start  cBytes
	length cInt
}

// take copies the block and frees it.
func (b *block) take() []byte {
	if b.start == nil {
		return nil
	}
	content := append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(b.start)), int(b.length))...)
	bw_free(b.start)
	return content
}

// entry is an export that decodes bytes of a stranger, with requests that it understands.
type entry struct {
	name  string
	want  refusal.Class // of every seed
	seeds [][]byte
	call  func(encoded []byte) (class refusal.Class, answer []byte)
}

// answering makes an entry of an export with an output buffer.
func answering(export func(cBytes, cInt, *cBytes, *cInt) _Ctype_int32_t) func([]byte) (refusal.Class, []byte) {
	return func(encoded []byte) (refusal.Class, []byte) {
		var out block
		start, length := pointer(encoded)
		class := export(start, length, &out.start, &out.length)
		return refusal.Class(class), out.take()
	}
}

// small has the sizes of the account circuit that is asked here; its structure is the table's.
func small(table *risktable.Table) []any {
	return []any{int64(2), int64(1), int64(1), int64(0), int64(smallDepth), string(account.Direct), table.Structure.Encoded()}
}

const smallDepth = 1

// opened makes a handle of a request, which must be accepted.
func opened(t testing.TB, export func(cBytes, cInt, *cInt, *cBytes, *cInt) _Ctype_int32_t, request []byte) (handle cInt) {
	t.Helper()
	var out block
	start, length := pointer(request)
	if class := export(start, length, &handle, &out.start, &out.length); class != 0 {
		t.Fatalf("must be opened: %d %x", class, out.take())
	}
	return handle
}

func entries(t testing.TB, folder string) []entry {
	element := make([]byte, 32)
	table := tableOfTheVectors(t)
	parsed, err := risktable.Parse(table)
	if err != nil {
		t.Fatal(err)
	}
	leaf := []any{"bulwark-account", int64(1), int64(7), element, element, int64(1_000_000), []any{[]any{int64(1), int64(-5)}, []any{int64(7), int64(9)}},
		[]any{}, []any{[]any{int64(2), int64(10)}}, []any{[]any{int64(2), int64(4)}}}
	epoch := []any{element, int64(1), element, element, element, element, element, element, element, element, element}
	request := canonical.Encode(rightRequest(t, table, parsed))
	tableHandle := opened(t, bw_table_open, table)
	circuit := opened(t, bw_circuit_compile, canonical.Encode([]any{"bulwark-compile", int64(1), account.Name, small(parsed)}))
	rehearsed, nowhere := []any{int64(400)}, filepath.Join(folder, "nowhere")
	joined := verificationSeeds(t, folder)
	return []entry{
		{"hash", 0, [][]byte{element, make([]byte, 96)}, func(encoded []byte) (refusal.Class, []byte) {
			start, length := pointer(encoded)
			out := make([]byte, 32)
			written, _ := pointer(out)
			return refusal.Class(bw_hash(1, start, length/32, written)), nil
		}},
		{"node", 0, [][]byte{make([]byte, 128)}, func(encoded []byte) (refusal.Class, []byte) {
			four := make([]byte, 128)
			copy(four, encoded)
			start, _ := pointer(four)
			out := make([]byte, 32)
			written, _ := pointer(out)
			return refusal.Class(bw_node(start, written)), nil
		}},
		{"table", 0, [][]byte{table}, answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
			var handle cInt
			class := bw_table_open(start, length, &handle, out, outLen)
			if class == 0 && bw_table_close(handle) != 0 {
				t.Error("a table that was opened must close")
			}
			return class
		})},
		{"account leaf", 0, [][]byte{canonical.Encode(leaf)}, answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
			written, _ := pointer(make([]byte, 32))
			return bw_account_leaf(start, length, written, out, outLen)
		})},
		{"epoch digest", 0, [][]byte{canonical.Encode([]any{"bulwark-epoch-digest", int64(1), epoch})},
			answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
				written, _ := pointer(make([]byte, 32))
				return bw_epoch_digest(start, length, written, out, outLen)
			})},
		{"owner", 0, [][]byte{make([]byte, 64)}, func(encoded []byte) (refusal.Class, []byte) {
			both := make([]byte, 64)
			copy(both, encoded)
			secret, _ := pointer(both[:32])
			tail, _ := pointer(both[32:])
			written, _ := pointer(make([]byte, 32))
			return refusal.Class(bw_owner(secret, tail, 7, written)), nil
		}},
		{"set-up", refusal.Key, [][]byte{canonical.Encode([]any{"bulwark-setup", int64(1), rehearsal.Name, rehearsed, nowhere}),
			canonical.Encode([]any{"bulwark-setup", int64(1), account.Name, small(parsed), nowhere})}, answering(bw_setup)},
		{"circuit", refusal.Key, [][]byte{canonical.Encode([]any{"bulwark-circuit", int64(2), rehearsal.Name, rehearsed, nowhere, []byte{}, element})},
			answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
				var handle cInt
				return bw_circuit_open(start, length, &handle, out, outLen)
			})},
		{"compilation", 0, [][]byte{canonical.Encode([]any{"bulwark-compile", int64(1), rehearsal.Name, []any{int64(3)}})},
			answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
				var handle cInt
				class := bw_circuit_compile(start, length, &handle, out, outLen)
				if class == 0 && bw_circuit_close(handle) != 0 {
					t.Error("a circuit that was compiled must close")
				}
				return class
			})},
		{"solution", 0, [][]byte{request}, answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
			return bw_account_solve(circuit, tableHandle, start, length, out, outLen)
		})},
		{"proof without a key", refusal.Key, [][]byte{request}, answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
			return bw_prove(circuit, tableHandle, start, length, out, outLen)
		})},
		{"commitment", refusal.Account, [][]byte{canonical.Encode(leaf)}, answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
			salt, _ := pointer(element)
			written, _ := pointer(make([]byte, 32))
			return bw_request_commit(circuit, tableHandle, start, length, 0, salt, written, out, outLen)
		})},
		{"verifier for contracts", 0, [][]byte{canonical.Encode([]any{"bulwark-solidity", int64(1), joined[0][:656], int64(1)})},
			answering(bw_export_solidity)},
		{"proof for contracts", 0, [][]byte{joined[0][656 : 656+verification.ProofBytes]}, answering(bw_solidity_proof)},
		{"verification", 0, joined, answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
			return verifyJoined(unsafe.Slice((*byte)(unsafe.Pointer(start)), int(length)), out, outLen)
		})},
		{"ceremony init", refusal.Ceremony, [][]byte{canonical.Encode([]any{"bulwark-ceremony-init", int64(1), folder, []any{"powers", int64(4)}}),
			canonical.Encode([]any{"bulwark-ceremony-init", int64(1), folder, []any{"circuit", rehearsal.Name, rehearsed, nowhere}})},
			answering(bw_ceremony_init)},
		{"ceremony contribute", refusal.Ceremony, [][]byte{canonical.Encode([]any{"bulwark-ceremony-contribute", int64(1), nowhere, "Ada"})},
			answering(bw_ceremony_contribute)},
		{"ceremony seal", refusal.Ceremony, [][]byte{canonical.Encode([]any{"bulwark-ceremony-seal", int64(1), nowhere, make([]byte, 16), "source", nowhere})},
			answering(bw_ceremony_seal)},
		{"transcript", 0, [][]byte{transcriptOf(t, folder)}, func(encoded []byte) (refusal.Class, []byte) {
			if err := os.WriteFile(filepath.Join(folder, "transcript.cbor"), encoded, 0o600); err != nil {
				t.Fatal(err)
			}
			return answering(bw_ceremony_verify)(canonical.Encode([]any{"bulwark-ceremony-verify", int64(1), folder}))
		}},
		{"book keys", refusal.Request, [][]byte{canonical.Encode([]any{"bulwark-book-keys", int64(1), []any{[]any{int64(1), int64(1), int64(1), int64(2), int64(2),
			int64(1)}, element}, []any{}, []any{[]any{int64(2), int64(2), int64(1), int64(1), int64(1)}, element}})},
			answering(func(start cBytes, length cInt, out *cBytes, outLen *cInt) _Ctype_int32_t {
				encoded, size := pointer(table)
				return bw_book_verify(start, length, encoded, size, start, length, out, outLen)
			})},
	}
}

// rightRequest is a request that the circuit accepts: an account of cash alone, in a tree of its own.
func rightRequest(t testing.TB, encoding []byte, table *risktable.Table) []any {
	t.Helper()
	const number, cash = 2, 1_000_000
	zero := make([]byte, 32)
	owner, leaf := make([]byte, 32), make([]byte, 32)
	secret, _ := pointer(zero)
	written, _ := pointer(owner)
	if bw_owner(secret, secret, number, written) != 0 {
		t.Fatal("an owner must be hashed")
	}
	holder := []any{"bulwark-account", int64(1), int64(number), owner, zero, int64(cash), []any{}, []any{}, []any{}, []any{}}
	encoded, length := pointer(canonical.Encode(holder))
	var out block
	hash, _ := pointer(leaf)
	if bw_account_leaf(encoded, length, hash, &out.start, &out.length) != 0 {
		t.Fatalf("an account must be hashed: %x", out.take())
	}
	tree, place := cInt(bw_tree_open(smallDepth)), cInt(number)
	defer bw_tree_close(tree)
	root, path := make([]byte, 32), make([]byte, smallDepth*3*32)
	rootAt, _ := pointer(root)
	pathAt, _ := pointer(path)
	if bw_tree_update(tree, &place, hash, 1) != 0 || bw_tree_root(tree, rootAt) != 0 || bw_tree_path(tree, place, pathAt) != 0 {
		t.Fatal("a leaf must be put into a tree")
	}
	tableRoot, tableSha := table.Root.Bytes(), sha256.Sum256(encoding)
	epoch := []any{zero, int64(1), zero, root, tableRoot[:], tableSha[:], zero, zero, zero, zero, zero}
	return []any{"bulwark-prove", int64(2), epoch, holder, zero, zero, path, zero, zero, int64(1), int64(0), int64(0), int64(0), []any{}, []any{}}
}

// tableOfTheVectors is the risk table that the shared vectors pin.
func tableOfTheVectors(t testing.TB) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "vectors", "margin.json"))
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
	elements, _ := elements(cBytes(unsafe.Pointer(unsafe.SliceData(make([]byte, 32)))), 1, "zero")
	zero := elements[0]
	assignment, public := rehearsal.Assign(shape, zero, zero, zero, zero, 5)
	proof, err := key.Prove(assignment, public)
	if err != nil {
		t.Fatal(err)
	}
	return [][]byte{append(append(append([]byte{}, key.VerifyingKey()...), proof...), groth.PublicInputs(public)...)}
}

// verifyJoined cuts what verificationSeeds joined; what is missing or left over lengthens or shortens the public inputs.
func verifyJoined(joined []byte, out *cBytes, outLen *cInt) _Ctype_int32_t {
	const keyBytes = 656
	cut := func(n int) []byte {
		part := joined[:min(n, len(joined))]
		joined = joined[len(part):]
		return part
	}
	vk, vkLen := pointer(cut(keyBytes))
	proof, n := pointer(cut(verification.ProofBytes))
	public, m := pointer(joined)
	return bw_verify(vk, vkLen, proof, n, public, m, out, outLen)
}

// transcriptOf begins powers in a folder and gives their transcript.
func transcriptOf(t testing.TB, folder string) []byte {
	t.Helper()
	begun := filepath.Join(folder, "begun")
	class, answer := answering(bw_ceremony_init)(canonical.Encode([]any{"bulwark-ceremony-init", int64(1), begun, []any{"powers", int64(4)}}))
	if class != 0 {
		t.Fatalf("a ceremony must begin: %d %x", class, answer)
	}
	for range 2 {
		if class, answer := answering(bw_ceremony_contribute)(canonical.Encode([]any{"bulwark-ceremony-contribute", int64(1), begun, "Ada"})); class != 0 {
			t.Fatalf("a ceremony must go on: %d %x", class, answer)
		}
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

// checkAnswer: an export answers with a class of the ABI, never with its own failure, and explains a refusal canonically.
func checkAnswer(t *testing.T, name string, class refusal.Class, answer []byte) {
	t.Helper()
	if class < refusal.Ceremony || class > 0 {
		t.Fatalf("%s: want a class of the ABI, have %d", name, class)
	}
	if class == 0 || answer == nil {
		return
	}
	root, document := canonical.Decode(answer, refusal.Internal, "answer")
	fields := root.Tuple("code", "where", "constraint")
	if fields[0].Text() == "" || fields[2].Int(-1, math.MaxInt64) < -1 || document.Fault() != nil {
		t.Fatalf("%s: a refusal must be explained: %x", name, answer)
	}
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
	random := rand.New(rand.NewPCG(71, 72))
	for _, entry := range entries(t, t.TempDir()) {
		for _, seed := range entry.seeds {
			class, answer := entry.call(seed)
			checkAnswer(t, entry.name, class, answer)
			if class != entry.want {
				t.Errorf("%s: want class %d, have %d %q", entry.name, entry.want, class, answer)
			}
			for range mutantsEach {
				class, answer := entry.call(mutant(random, seed))
				checkAnswer(t, entry.name, class, answer)
			}
		}
	}
}

func FuzzExports(f *testing.F) {
	all := entries(f, f.TempDir())
	for i, entry := range all {
		for _, seed := range entry.seeds {
			f.Add(uint8(i), seed)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, encoded []byte) {
		entry := all[int(which)%len(all)]
		class, answer := entry.call(encoded)
		checkAnswer(t, entry.name, class, answer)
	})
}
