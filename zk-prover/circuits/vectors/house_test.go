package vectors

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// The houses of the vectors.
var members = func() (keys []ed25519.PrivateKey) {
	for i := range 3 {
		seed := sha256.Sum256(fmt.Appendf(nil, "member %d of a house of vectors", i))
		keys = append(keys, ed25519.NewKeyFromSeed(seed[:]))
	}
	return keys
}()

const quorum = 2

// builtHouse is a house file in the making.
type builtHouse struct {
	network  string
	keys     any // of the founding document
	list     [][]any
	number   int64
	previous int
	epochs   []publicinput.EpochDocument
	times    []int64
	signers  int
	records  [][]byte
}

func (h builtHouse) identity() (element fr.Element) {
	document := []any{"bulwark-founding", int64(1), h.network, int64(quorum), h.publicKeys()}
	if h.keys != nil {
		document[1] = int64(2)
		document = append(document, h.keys)
	}
	digest := sha256.Sum256(canonical.Encode(document))
	element.SetBytes(digest[:31])
	return element
}

func (h builtHouse) publicKeys() (keys []any) {
	for _, member := range members {
		keys = append(keys, []byte(member.Public().(ed25519.PublicKey)))
	}
	return keys
}

func (h builtHouse) sign(statement []any) (signatures []any) {
	for _, member := range members[:h.signers] {
		signatures = append(signatures, map[string]any{"signer": hex.EncodeToString(member.Public().(ed25519.PublicKey)),
			"signature": hex.EncodeToString(ed25519.Sign(member, canonical.Encode(statement)))})
	}
	return signatures
}

func encodedOf(element fr.Element) []byte { encoded := element.Bytes(); return encoded[:] }

func (h builtHouse) keyList() []byte {
	entries := []any{}
	for _, entry := range h.list {
		entries = append(entries, entry)
	}
	sort.Slice(entries, func(i, j int) bool {
		return bytes.Compare(entries[i].([]any)[0].([]byte), entries[j].([]any)[0].([]byte)) < 0
	})
	previous := make([]byte, 32)
	previous[0] = byte(h.previous)
	return canonical.Encode([]any{"bulwark-key-list", int64(1), encodedOf(h.identity()), h.number, previous, entries})
}

// file is the house file, whose parts a test may change before it is written.
func (h builtHouse) file() map[string]any {
	identity := encodedOf(h.identity())
	founding := map[string]any{"network": h.network, "threshold": quorum}
	var listed []any
	for _, key := range h.publicKeys() {
		listed = append(listed, map[string]any{"key": hex.EncodeToString(key.([]byte))})
	}
	founding["quorum"] = listed
	if rule, ok := h.keys.([]any); ok {
		if rule[0] == "test" {
			founding["keys"] = map[string]any{"origin": "test"}
		} else {
			founding["keys"] = map[string]any{"origin": "ceremony", "signed": rule[1]}
		}
	}
	statements := []any{}
	if len(h.list) > 0 {
		list := h.keyList()
		digest := sha256.Sum256(list)
		statement := []any{"bulwark-house-statement", int64(1), identity, h.number, "keys", digest[:]}
		statements = append(statements, map[string]any{"number": h.number, "subject": "keys", "document": hex.EncodeToString(list), "signatures": h.sign(statement)})
	}
	epochs, records := []any{}, []any{}
	for i, e := range h.epochs {
		digest := e.Digest()
		attestation := []any{"bulwark-attestation", int64(2), identity, e.Number, encodedOf(digest), h.times[i]}
		epochs = append(epochs, map[string]any{"epoch": map[string]any{"house": text(e.House), "number": e.Number, "previous": text(e.Previous),
			"accountRoot": text(e.AccountRoot), "tableRoot": text(e.TableRoot), "tableSha256": hex.EncodeToString(e.TableSha[:]),
			"parametersSha256": hex.EncodeToString(e.ParametersSha[:]), "inputsSha256": hex.EncodeToString(e.InputsSha[:]), "venueRoot": text(e.VenueRoot),
			"vaultTableRoot": text(e.VaultTableRoot), "buffer": text(e.BufferDigest), "marginRoot": text(e.MarginRoot)},
			"time": h.times[i], "digest": text(digest), "signatures": h.sign(attestation)})
	}
	for _, record := range h.records {
		records = append(records, hex.EncodeToString(record))
	}
	return map[string]any{"format": "bulwark-house", "version": 1, "founding": founding, "statements": statements, "records": records, "epochs": epochs}
}

func (h builtHouse) text() string { return string(must(json.Marshal(h.file()))) }

// The clock of the vectors: epoch 3 is an hour old.
var (
	noon  = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC).UnixMilli()
	hour  = time.Hour.Milliseconds()
	asked = expected{Challenge: []string{"https://bank.example", "fund A", "nonce 7"}, Scope: []string{"https://bank.example", "loan"}}
)

func newHouse(network string, keys any) builtHouse {
	h := builtHouse{network: network, keys: keys, number: 1, signers: quorum}
	vault := must(risktable.Parse(canonical.Encode(fullTable()))).Root
	var previous fr.Element
	for number := int64(1); number <= 3; number++ {
		epoch := publicinput.EpochDocument{House: h.identity(), Number: number, Previous: previous, AccountRoot: publicinput.Signed(100 + number),
			TableRoot: publicinput.Signed(200 + number), VaultTableRoot: vault, MarginRoot: publicinput.Signed(300 + number)}
		previous = epoch.Digest()
		h.epochs = append(h.epochs, epoch)
		h.times = append(h.times, noon-hour-(3-number)*24*hour)
	}
	return h
}

func halfOf(domain string, texts []string) (element fr.Element) {
	digest := sha256.Sum256(canonical.Encode(append([]any{domain}, anyOf(texts)...)))
	element.SetBytes(digest[:31])
	return element
}
