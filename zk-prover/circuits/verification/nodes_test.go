package verification

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// listing is a list of nodes in the making.
type listing struct {
	house    []byte
	number   int64
	previous []byte
	from     int64
	nodes    []int
}

const threshold = 3 // of four

func node(i int) ed25519.PrivateKey {
	seed := sha256.Sum256(fmt.Appendf(nil, "node %d", i))
	return ed25519.NewKeyFromSeed(seed[:])
}

func public(i int) []byte { return node(i).Public().(ed25519.PublicKey) }

func (l listing) document() []byte {
	sort.Slice(l.nodes, func(i, j int) bool { return bytes.Compare(public(l.nodes[i]), public(l.nodes[j])) < 0 })
	members := []any{}
	for _, i := range l.nodes {
		members = append(members, []any{public(i), bytes.Repeat([]byte{byte(i + 1)}, 20), fmt.Sprintf("http://node%d", i)})
	}
	return canonical.Encode([]any{"bulwark-nodes", int64(1), l.house, l.number, l.previous, l.from, int64(threshold), members,
		[]any{int64(50000), int64(1000), []any{}}})
}

func digestOf(content []byte) []byte { digest := sha256.Sum256(content); return digest[:] }

func signs(statement []any, signers ...int) (signatures []any) {
	for _, i := range signers {
		signatures = append(signatures, map[string]any{"signer": hex.EncodeToString(public(i)),
			"signature": hex.EncodeToString(ed25519.Sign(node(i), canonical.Encode(statement)))})
	}
	return signatures
}

func (l listing) act(signers ...int) map[string]any {
	document := l.document()
	statement := []any{"bulwark-house-statement", int64(1), l.house, l.number, "nodes", digestOf(document)}
	return map[string]any{"document": hex.EncodeToString(document), "signatures": signs(statement, signers...)}
}

func unsigned(l listing) map[string]any {
	return map[string]any{"document": hex.EncodeToString(l.document())}
}

// keptByNodes is a house of nodes 0…3, from epoch 3 on 1…4, from epoch 5 on 2…5, with an epoch of each list.
type keptByNodes struct {
	house []byte
	lists []listing
	acts  []any
}

func newKeptByNodes() (k keptByNodes) {
	keys := []any{}
	for i := range 4 {
		keys = append(keys, public(i))
	}
	identity := sha256.Sum256(canonical.Encode([]any{"bulwark-founding", int64(1), "nodes", int64(threshold), keys}))
	k.house = append([]byte{0}, identity[:31]...)
	first := listing{house: k.house, previous: make([]byte, 32), from: 1, nodes: []int{0, 1, 2, 3}}
	second := listing{house: k.house, number: 1, previous: digestOf(first.document()), from: 3, nodes: []int{1, 2, 3, 4}}
	third := listing{house: k.house, number: 2, previous: digestOf(second.document()), from: 5, nodes: []int{2, 3, 4, 5}}
	k.lists = []listing{first, second, third}
	k.acts = []any{unsigned(first), second.act(0, 1, 2), third.act(1, 2, 4)}
	return k
}

func (k keptByNodes) epoch(number int64, signers ...int) map[string]any {
	var house fr.Element
	house.SetBytes(k.house)
	document := publicinput.EpochDocument{House: house, Number: number}
	digest := document.Digest()
	encoded := digest.Bytes()
	zero := strings.Repeat("00", 32)
	attestation := []any{"bulwark-attestation", int64(2), k.house, number, encoded[:], int64(7)}
	return map[string]any{"epoch": map[string]any{"house": hex.EncodeToString(k.house), "number": number, "previous": zero,
		"accountRoot": zero,
		"tableRoot":   zero, "tableSha256": zero, "parametersSha256": zero, "inputsSha256": zero, "venueRoot": zero, "vaultTableRoot": zero,
		"buffer": zero, "marginRoot": zero}, "time": 7, "digest": hex.EncodeToString(encoded[:]), "signatures": signs(attestation, signers...)}
}

func (k keptByNodes) file(acts []any, epochs ...any) []byte {
	founders := []any{}
	for i := range 4 {
		founders = append(founders, map[string]any{"key": hex.EncodeToString(public(i))})
	}
	file := map[string]any{"format": "bulwark-house", "version": 1,
		"founding":   map[string]any{"network": "nodes", "threshold": threshold, "quorum": founders},
		"statements": []any{}, "records": []any{}, "epochs": epochs}
	if acts != nil {
		file["nodes"] = acts
	}
	content, err := json.Marshal(file)
	if err != nil {
		panic(err)
	}
	return content
}

func codeOf(err error) string {
	var fault *refusal.Refusal
	if errors.As(err, &fault) {
		return fault.Code + " " + fault.Where
	}
	return fmt.Sprint(err)
}

func TestShouldFollowTheNodesOfAHouseListAfterList(t *testing.T) {
	k := newKeptByNodes()
	house, err := ParseHouse(k.file(k.acts, k.epoch(2, 0, 1, 3), k.epoch(3, 1, 2, 4), k.epoch(4, 1, 3, 4), k.epoch(5, 3, 4, 5),
		k.epoch(900, 2, 3, 4, 5)))
	if err != nil {
		t.Fatal(codeOf(err))
	}
	if last := house.Epochs[4]; last.Signers != 4 || last.Members != 4 {
		t.Errorf("%d of %d signers", last.Signers, last.Members)
	}
	if _, err := ParseHouse(k.file(nil, k.epoch(2, 0, 1, 3))); err != nil {
		t.Error("without lists the founders sign: ", codeOf(err))
	}
}

func TestShouldRefuseNodesThatTheListBeforeDidNotSign(t *testing.T) {
	k := newKeptByNodes()
	first, second, third := k.lists[0], k.lists[1], k.lists[2]
	skipping := listing{house: k.house, number: 1, previous: digestOf(second.document()), from: 5, nodes: third.nodes}
	earlier := listing{house: k.house, number: 2, previous: digestOf(second.document()), from: 3, nodes: third.nodes}
	another := listing{house: digestOf(nil), number: 1, previous: digestOf(first.document()), from: 3, nodes: second.nodes}
	strangers := listing{house: k.house, previous: make([]byte, 32), from: 1, nodes: []int{6, 7, 8, 9}}
	begins := func(acts ...any) []byte { return k.file(append(k.acts[:1:1], acts...)) }
	lent := map[string]any{"document": second.act()["document"], "signatures": third.act(0, 1, 2)["signatures"]}
	for name, attack := range map[string]struct {
		file []byte
		code string
	}{
		"too few signed":               {begins(second.act(0, 1)), "TOO_FEW_SIGNATURES house.nodes[1]"},
		"the next list signed itself":  {begins(second.act(1, 2, 4)), "NOT_OF_QUORUM house.nodes[1].signatures[2]"},
		"one signed twice":             {begins(second.act(0, 0, 1)), "SIGNED_TWICE house.nodes[1].signatures[1]"},
		"signatures lent":              {begins(lent), "BAD_SIGNATURE house.nodes[1].signatures[0]"},
		"none signed":                  {begins(unsigned(second)), "BAD_HOUSE_FILE house.nodes[1].signatures"},
		"an act skipped":               {begins(third.act(1, 2, 4)), "LIST_OF_ANOTHER house.nodes[1].document"},
		"an act skipped, renumbered":   {begins(skipping.act(0, 1, 2)), "NOT_AFTER house.nodes[1]"},
		"an old list after a new one":  {k.file(append(k.acts[:2:2], second.act(1, 2, 3))), "LIST_OF_ANOTHER house.nodes[2].document"},
		"from no later epoch":          {k.file(append(k.acts[:2:2], earlier.act(1, 2, 3))), "NOT_AFTER house.nodes[2]"},
		"of another house":             {begins(another.act(0, 1, 2)), "LIST_OF_ANOTHER house.nodes[1].document"},
		"other founders":               {k.file([]any{unsigned(strangers)}), "NOT_THE_FOUNDERS house.nodes[0]"},
		"no founders":                  {k.file([]any{}), "BAD_HOUSE_FILE house.nodes"},
		"old nodes seal a new epoch":   {k.file(k.acts, k.epoch(5, 0, 1, 2)), "NOT_OF_QUORUM house.epochs[0].signatures[0]"},
		"two of the new, one retired":  {k.file(k.acts, k.epoch(5, 2, 4)), "TOO_FEW_SIGNATURES house.epochs[0]"},
		"new nodes seal an old epoch":  {k.file(k.acts, k.epoch(2, 2, 3, 4)), "NOT_OF_QUORUM house.epochs[0].signatures[2]"},
		"new nodes, an act left out":   {k.file(k.acts[:2:2], k.epoch(5, 3, 4, 5)), "NOT_OF_QUORUM house.epochs[0].signatures[2]"},
		"new nodes, all acts left out": {k.file(nil, k.epoch(5, 3, 4, 5)), "NOT_OF_QUORUM house.epochs[0].signatures[1]"},
	} {
		if _, err := ParseHouse(attack.file); codeOf(err) != attack.code {
			t.Errorf("%s: have %s, must be %s", name, codeOf(err), attack.code)
		}
	}
}
