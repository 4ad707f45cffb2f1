package verification

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// Limits of a house file.
const (
	HouseBytesMax  = 8 << 20
	membersMax     = 64
	epochsMax      = 1000
	statementsMax  = 16
	recordsMax     = 1000
	documentMax    = 1 << 20
	networkMax     = 256
	nodesMax       = 1 << 16
	nodesAtMost    = 32
	foundedByTests = "test"
)

// House is what a house file shows of a house, every digest recomputed and every signature checked. Which house it should be, a verifier
// knows from elsewhere: a file that comes with a proof could be anybody's.
type House struct {
	Identity fr.Element
	Test     bool  // founded with keys of one machine
	Signed   int64 // least signed contributors of a key's ceremony, where not founded for tests
	List     *KeyList
	Epochs   []SignedEpoch // in the order of the file

	lists []nodeList // who signs from which epoch on; the first are the founders
}

// nodeList is who signs the epochs of a house from an epoch on, until the next list.
type nodeList struct {
	from      int64
	threshold int
	members   []ed25519.PublicKey
	digest    [sha256.Size]byte
}

func (l nodeList) has(signer []byte) bool {
	for _, member := range l.members {
		if bytes.Equal(member, signer) {
			return true
		}
	}
	return false
}

// quorum is the list that signs an epoch.
func (h *House) quorum(epoch int64) nodeList {
	in := h.lists[0]
	for _, list := range h.lists[1:] {
		if list.from <= epoch {
			in = list
		}
	}
	return in
}

// KeyList says which keys a house proves with.
type KeyList struct {
	Number int64
	keys   []listedKey
}

type listedKey struct {
	identity    [sha256.Size]byte
	from, until int64
}

// SignedEpoch is an epoch that a quorum of the house signed.
type SignedEpoch struct {
	Document publicinput.EpochDocument
	Digest   fr.Element
	TimeMs   int64
	Signers  int
	Members  int // of how many
}

// lists says whether a key serves an epoch, and whether it is listed at all.
func (l *KeyList) lists(identity [sha256.Size]byte, epoch int64) (listed, serves bool) {
	for _, key := range l.keys {
		if key.identity == identity {
			return true, key.from <= epoch && (key.until == 0 || epoch <= key.until)
		}
	}
	return false, false
}

// epoch finds an epoch by its digest.
func (h *House) epoch(digest fr.Element) (SignedEpoch, bool) {
	for _, epoch := range h.Epochs {
		if epoch.Digest.Equal(&digest) {
			return epoch, true
		}
	}
	return SignedEpoch{}, false
}

// newest is the epoch with the greatest number.
func (h *House) newest() (newest SignedEpoch) {
	for _, epoch := range h.Epochs {
		if epoch.Document.Number > newest.Document.Number {
			newest = epoch
		}
	}
	return newest
}

// houseFile is the JSON of a house file.
type houseFile struct {
	Format   string `json:"format"`
	Version  int64  `json:"version"`
	Founding struct {
		Network   string `json:"network"`
		Threshold int64  `json:"threshold"`
		Quorum    []struct {
			Key string `json:"key"`
		} `json:"quorum"`
		Keys *struct {
			Origin string `json:"origin"`
			Signed *int64 `json:"signed"`
		} `json:"keys"`
	} `json:"founding"`
	Nodes *[]struct {
		Document   string           `json:"document"`
		Signatures *[]signatureFile `json:"signatures"`
	} `json:"nodes"`
	Statements []struct {
		Number     int64           `json:"number"`
		Subject    string          `json:"subject"`
		Document   string          `json:"document"`
		Signatures []signatureFile `json:"signatures"`
	} `json:"statements"`
	Records []string `json:"records"`
	Epochs  []struct {
		Epoch struct {
			House            string `json:"house"`
			Number           int64  `json:"number"`
			Previous         string `json:"previous"`
			AccountRoot      string `json:"accountRoot"`
			TableRoot        string `json:"tableRoot"`
			TableSha256      string `json:"tableSha256"`
			ParametersSha256 string `json:"parametersSha256"`
			InputsSha256     string `json:"inputsSha256"`
			VenueRoot        string `json:"venueRoot"`
			VaultTableRoot   string `json:"vaultTableRoot"`
			Buffer           string `json:"buffer"`
			MarginRoot       string `json:"marginRoot"`
		} `json:"epoch"`
		Time       int64           `json:"time"`
		Digest     string          `json:"digest"`
		Signatures []signatureFile `json:"signatures"`
	} `json:"epochs"`
}

type signatureFile struct {
	Signer    string `json:"signer"`
	Signature string `json:"signature"`
}

// houseReader keeps the first fault of form (the file is no house file) and the first of what it claims (it does not hold).
type houseReader struct {
	form, untrue error
}

func (r *houseReader) misformed(where string) {
	if r.form == nil {
		r.form = refusal.New(refusal.Form, "BAD_HOUSE_FILE", "house.%s", where)
	}
}

func (r *houseReader) refuse(code, where string, arguments ...any) {
	if r.untrue == nil {
		r.untrue = refusal.New(refusal.Proof, code, "house.%s", fmt.Sprintf(where, arguments...))
	}
}

func (r *houseReader) bytes(text, where string, most int) []byte {
	content, err := hex.DecodeString(text)
	if err != nil || len(content) > most || hex.EncodeToString(content) != text {
		r.misformed(where)
	}
	return content
}

func (r *houseReader) digest(text, where string) (digest [sha256.Size]byte) {
	if content := r.bytes(text, where, sha256.Size); len(content) == sha256.Size {
		copy(digest[:], content)
	} else {
		r.misformed(where)
	}
	return digest
}

func (r *houseReader) element(text, where string) (element fr.Element) {
	digest := r.digest(text, where)
	if element.SetBytesCanonical(digest[:]) != nil {
		r.misformed(where)
	}
	return element
}

// ParseHouse reads a house file. A fault of class Form is one of the file; of class Proof, the file says what does not hold: a digest of
// another epoch, a signature that is none, too few of them, two documents under one number.
func ParseHouse(content []byte) (*House, error) {
	var file houseFile
	if len(content) > HouseBytesMax {
		return nil, refusal.New(refusal.Form, "WRONG_LENGTH", "house")
	}
	if err := strictJSON(content, &file); err != nil {
		return nil, refusal.New(refusal.Form, "BAD_HOUSE_FILE", "house")
	}
	reader := &houseReader{}
	house := reader.founding(file)
	if reader.form == nil {
		reader.nodes(house, file)
	}
	if reader.form == nil {
		reader.statements(house, file)
		reader.epochs(house, file)
		reader.records(house, file)
	}
	if reader.form != nil {
		return nil, reader.form
	}
	return house, reader.untrue
}

// founding rebuilds the founding document, whose digest is the house's identity.
func (r *houseReader) founding(file houseFile) *House {
	founding := file.Founding
	if file.Format != "bulwark-house" || file.Version != 1 {
		r.misformed("format")
	}
	if len(founding.Quorum) < 1 || len(founding.Quorum) > membersMax || founding.Threshold < 1 || founding.Threshold > int64(len(founding.Quorum)) {
		r.misformed("founding.quorum")
	}
	if founding.Network == "" || len(founding.Network) > networkMax {
		r.misformed("founding.network")
	}
	house := &House{Test: true}
	keys := []any{}
	founders := nodeList{from: 1, threshold: int(founding.Threshold)}
	for i, member := range founding.Quorum {
		key := r.digest(member.Key, fmt.Sprintf("founding.quorum[%d]", i))
		if founders.has(key[:]) {
			r.misformed(fmt.Sprintf("founding.quorum[%d]", i))
		}
		founders.members = append(founders.members, key[:])
		keys = append(keys, key[:])
	}
	house.lists = []nodeList{founders}
	document := []any{"bulwark-founding", int64(1), founding.Network, founding.Threshold, keys}
	if rule := founding.Keys; rule != nil {
		switch {
		case rule.Origin == foundedByTests && rule.Signed == nil:
			document = append(document, []any{foundedByTests})
		case rule.Origin == "ceremony" && rule.Signed != nil && *rule.Signed >= SignedLeast && *rule.Signed <= contributorsMax:
			house.Test, house.Signed = false, *rule.Signed
			document = append(document, []any{"ceremony", *rule.Signed})
		default:
			r.misformed("founding.keys")
		}
		document[1] = int64(2)
	}
	identity := sha256.Sum256(canonical.Encode(document))
	house.Identity.SetBytes(identity[:sha256.Size-1])
	return house
}

// signed counts the members who signed a statement. Whoever stands there and is no member, stands twice, or signed something else, makes the file untrue.
func (r *houseReader) signed(quorum nodeList, statement []any, signatures []signatureFile, where string) int {
	signers := map[string]bool{}
	for i, s := range signatures {
		at := fmt.Sprintf("%s.signatures[%d]", where, i)
		signer := r.digest(s.Signer, at)
		signature := r.bytes(s.Signature, at, ed25519.SignatureSize)
		switch {
		case len(signature) != ed25519.SignatureSize:
			r.misformed(at)
		case !quorum.has(signer[:]):
			r.refuse("NOT_OF_QUORUM", "%s", at)
		case signers[s.Signer]:
			r.refuse("SIGNED_TWICE", "%s", at)
		case !ed25519.Verify(signer[:], canonical.Encode(statement), signature):
			r.refuse("BAD_SIGNATURE", "%s", at)
		}
		signers[s.Signer] = true
	}
	if len(signers) < quorum.threshold {
		r.refuse("TOO_FEW_SIGNATURES", "%s", where)
	}
	return len(signers)
}

func (h *House) identityBytes() []byte {
	encoded := h.Identity.Bytes()
	return encoded[:]
}

// nodes reads who seals the epochs, list after list: the first names the founders, each next one the list before, whose members signed it.
func (r *houseReader) nodes(house *House, file houseFile) {
	if file.Nodes == nil {
		return
	}
	entries := *file.Nodes
	if len(entries) == 0 || len(entries) > epochsMax {
		r.misformed("nodes")
		return
	}
	for i, entry := range entries {
		where := fmt.Sprintf("nodes[%d]", i)
		list, document := r.nodeList(house, r.bytes(entry.Document, where+".document", nodesMax), int64(i), where)
		if list == nil {
			return
		}
		if i == 0 {
			if entry.Signatures != nil {
				r.misformed(where + ".signatures")
			}
			founders := &house.lists[0]
			if !list.same(*founders) || list.from != founders.from {
				r.refuse("NOT_THE_FOUNDERS", "%s", where)
			}
			founders.digest = list.digest
			continue
		}
		if entry.Signatures == nil {
			r.misformed(where + ".signatures")
			return
		}
		statement := []any{"bulwark-house-statement", int64(1), house.identityBytes(), int64(i), "nodes", list.digest[:]}
		last := house.lists[len(house.lists)-1]
		if document != last.digest || list.from <= last.from {
			r.refuse("NOT_AFTER", "%s", where)
		}
		r.signed(last, statement, *entry.Signatures, where)
		house.lists = append(house.lists, *list)
	}
}

func (l nodeList) same(other nodeList) bool {
	for _, member := range l.members {
		if !other.has(member) {
			return false
		}
	}
	return len(l.members) == len(other.members) && l.threshold == other.threshold
}

// nodeList reads a list of nodes (nodes.cddl) and which list it follows: whom it names by key, how many of them sign, from which epoch on.
func (r *houseReader) nodeList(house *House, content []byte, number int64, where string) (*nodeList, [sha256.Size]byte) {
	root, document := canonical.Decode(content, refusal.Form, where)
	if document.Fault() != nil {
		r.misformed(where + ".document")
		return nil, [sha256.Size]byte{}
	}
	f := root.Schema("bulwark-nodes", 1, "house", "number", "previous", "from", "threshold", "members", "terms")
	of, has, previous := f[0].Digest(), f[1].Int(0, math.MaxInt32), f[2].Digest()
	list := &nodeList{from: f[3].Int(1, math.MaxInt32), threshold: int(f[4].Int(1, nodesAtMost)), digest: sha256.Sum256(content)}
	items := f[5].Items()
	for i, item := range items {
		member := item.Tuple("key", "chain", "url")
		key := member[0].Digest()
		if i > 0 && bytes.Compare(list.members[i-1], key[:]) >= 0 {
			member[0].Refuse("OUT_OF_ORDER")
		}
		list.members = append(list.members, key[:])
	}
	members := len(items)
	if document.Fault() != nil || members == 0 || members > nodesAtMost || list.threshold > members || 3*list.threshold <= 2*members {
		r.misformed(where + ".document")
		return nil, previous
	}
	if !bytes.Equal(of[:], house.identityBytes()) || has != number {
		r.refuse("LIST_OF_ANOTHER", "%s.document", where)
	}
	return list, previous
}

// statements reads the documents that the quorum signed (where nodes keep the house, its last list), of which those of subject keys are
// lists of keys. The newest list counts; two of one number are equivocation.
func (r *houseReader) statements(house *House, file houseFile) {
	if len(file.Statements) > statementsMax {
		r.misformed("statements")
		return
	}
	digests := map[string][sha256.Size]byte{}
	for i, s := range file.Statements {
		where := fmt.Sprintf("statements[%d]", i)
		document := r.bytes(s.Document, where+".document", documentMax)
		if s.Number < 1 || len(document) == 0 {
			r.misformed(where)
			continue
		}
		digest := sha256.Sum256(document)
		place := fmt.Sprintf("%s %d", s.Subject, s.Number)
		if other, there := digests[place]; there && other != digest {
			r.refuse("EQUIVOCATION", "%s", where)
		}
		digests[place] = digest
		statement := []any{"bulwark-house-statement", int64(1), house.identityBytes(), s.Number, s.Subject, digest[:]}
		r.signed(house.lists[len(house.lists)-1], statement, s.Signatures, where)
		if s.Subject != "keys" {
			continue
		}
		list := r.keyList(house, document, s.Number, where)
		if list != nil && (house.List == nil || list.Number > house.List.Number) {
			house.List = list
		}
	}
}

func (r *houseReader) keyList(house *House, content []byte, number int64, where string) *KeyList {
	root, document := canonical.Decode(content, refusal.Form, where)
	if document.Fault() != nil {
		r.misformed(where + ".document")
		return nil
	}
	f := root.Schema("bulwark-key-list", 1, "house", "number", "previous", "keys")
	list := &KeyList{Number: f[1].Int(1, math.MaxInt64)}
	of := f[0].Digest()
	f[2].Digest()
	items := f[3].Items()
	for i, item := range items {
		k := item.Tuple("identity", "from", "until")
		key := listedKey{identity: k[0].Digest(), from: k[1].Int(1, math.MaxInt64), until: k[2].Int(0, math.MaxInt64)}
		if i > 0 && bytes.Compare(list.keys[i-1].identity[:], key.identity[:]) >= 0 {
			k[0].Refuse("OUT_OF_ORDER")
		}
		list.keys = append(list.keys, key)
	}
	if document.Fault() != nil || len(items) == 0 || len(items) > recordsMax {
		r.misformed(where + ".document")
		return nil
	}
	if !bytes.Equal(of[:], house.identityBytes()) || list.Number != number {
		r.refuse("LIST_OF_ANOTHER", "%s.document", where)
	}
	return list
}

// epochs recomputes every digest. Two epochs of one number are equivocation.
func (r *houseReader) epochs(house *House, file houseFile) {
	if len(file.Epochs) > epochsMax {
		r.misformed("epochs")
		return
	}
	numbers := map[int64]fr.Element{}
	for i, entry := range file.Epochs {
		where := fmt.Sprintf("epochs[%d]", i)
		e := entry.Epoch
		if e.Number < 1 || entry.Time < 0 {
			r.misformed(where)
		}
		epoch := SignedEpoch{TimeMs: entry.Time, Digest: r.element(entry.Digest, where+".digest"), Document: publicinput.EpochDocument{
			House: r.element(e.House, where+".house"), Number: e.Number, Previous: r.element(e.Previous, where+".previous"),
			AccountRoot: r.element(e.AccountRoot, where+".accountRoot"), TableRoot: r.element(e.TableRoot, where+".tableRoot"),
			TableSha: r.digest(e.TableSha256, where+".tableSha256"), ParametersSha: r.digest(e.ParametersSha256, where+".parametersSha256"),
			InputsSha: r.digest(e.InputsSha256, where+".inputsSha256"), VenueRoot: r.element(e.VenueRoot, where+".venueRoot"),
			VaultTableRoot: r.element(e.VaultTableRoot, where+".vaultTableRoot"), BufferDigest: r.element(e.Buffer, where+".buffer"),
			MarginRoot: r.element(e.MarginRoot, where+".marginRoot")}}
		digest := epoch.Document.Digest()
		switch {
		case !epoch.Document.House.Equal(&house.Identity):
			r.refuse("EPOCH_OF_ANOTHER", "%s", where)
		case !digest.Equal(&epoch.Digest):
			r.refuse("EPOCH_DIGEST_DIFFERS", "%s", where)
		}
		if other, there := numbers[e.Number]; there && !other.Equal(&digest) {
			r.refuse("EQUIVOCATION", "%s", where)
		}
		numbers[e.Number] = digest
		encoded := digest.Bytes()
		statement := []any{"bulwark-attestation", int64(2), house.identityBytes(), e.Number, encoded[:], entry.Time}
		quorum := house.quorum(e.Number)
		epoch.Members = len(quorum.members)
		epoch.Signers = r.signed(quorum, statement, entry.Signatures, where)
		house.Epochs = append(house.Epochs, epoch)
	}
}

// records are those of listed keys, for whoever looks for a key's circuit; the judge takes a record from the key file, which names its identity.
func (r *houseReader) records(house *House, file houseFile) {
	if len(file.Records) > recordsMax {
		r.misformed("records")
		return
	}
	for i, text := range file.Records {
		where := fmt.Sprintf("records[%d]", i)
		record, err := ParseKeyRecord(r.bytes(text, where, KeyFileBytesMax))
		if err != nil {
			r.misformed(where)
			continue
		}
		if house.List == nil {
			r.refuse("KEY_NOT_LISTED", "%s", where)
		} else if listed, _ := house.List.lists(record.Identity(), 0); !listed {
			r.refuse("KEY_NOT_LISTED", "%s", where)
		}
	}
}
