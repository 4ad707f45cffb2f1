package account

import (
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// Request is what a prover asks for: an epoch, an account of it, who asks, and the claim.
type Request struct {
	Epoch            publicinput.EpochDocument
	Account          publicinput.AccountLeaf
	ByHouse          bool // proved by the house without the owner's secret
	Secret           fr.Element
	OwnerTail        *big.Int
	Path             [][tree.Arity - 1]fr.Element
	Challenge, Scope fr.Element
	Claim            publicinput.Statement
	Sealed           *Sealed // of the challenge opening
	Attested         []Attested
	Tariff           []byte        // the encoding, in a shape that opens one; else empty
	Margin           *SealedMargin // of tag 6
}

// Sealed says where the loss commitment of a request stands in the request tree that the house sealed.
type Sealed struct {
	Root, Salt fr.Element
	Place      int64
	Path       [][tree.Arity - 1]fr.Element
}

// ParseAccount reads an account alone.
func ParseAccount(encoded []byte) (publicinput.AccountLeaf, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "account")
	if document.Fault() != nil {
		return publicinput.AccountLeaf{}, document.Fault()
	}
	account := readAccount(root)
	return account, document.Fault()
}

// ParseAttestation reads an attestation alone.
func ParseAttestation(encoded []byte) (attestation publicinput.Attestation, err error) {
	root, document := canonical.Decode(encoded, refusal.Request, "attestation")
	if document.Fault() != nil {
		return attestation, document.Fault()
	}
	f := root.Schema("bulwark-attestation", 1, "venue", "account", "blinding", "entries")
	attestation = publicinput.Attestation{Venue: f[0].Int(0, math.MaxUint32), Account: f[1].Int(0, math.MaxUint32), Blinding: f[2].Element(),
		Entries: readList(f[3], math.MaxUint32, -publicinput.LotsMax)}
	if len(attestation.Entries) > publicinput.AttestedEntries {
		f[3].Refuse("LIMIT_EXCEEDED")
	}
	return attestation, document.Fault()
}

// ParseEpoch reads an epoch alone.
func ParseEpoch(encoded []byte) (publicinput.EpochDocument, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "request")
	if document.Fault() != nil {
		return publicinput.EpochDocument{}, document.Fault()
	}
	epoch := readEpoch(root.Schema("bulwark-epoch-digest", 2, "epoch")[0])
	return epoch, document.Fault()
}

// ParseRequest reads a request for an account tree of the given depth.
func ParseRequest(encoded []byte, depth int) (Request, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "request")
	if document.Fault() != nil {
		return Request{}, document.Fault()
	}
	f := root.Schema("bulwark-prove", 4, "epoch", "account", "secret", "ownerTail", "path", "challenge", "scope", "kind", "candidate", "m", "named", "standing",
		"sealed", "attested", "tariff", "margin")
	if document.Fault() != nil {
		return Request{}, document.Fault()
	}
	request := Request{Epoch: readEpoch(f[0]), Account: readAccount(f[1]), ByHouse: len(f[2].Bytes()) == 0, OwnerTail: readTail(f[3]),
		Path: readPath(f[4], depth), Challenge: readHalfField(f[5]), Scope: readHalfField(f[6])}
	if !request.ByHouse {
		request.Secret = f[2].Element()
	}
	request.Claim = publicinput.Statement{Tag: f[7].Int(0, math.MaxUint8), Choice: f[8].Int(0, math.MaxUint8), Amount: f[9].Int(0, math.MaxInt64)}
	if f[10].Bit() {
		request.Claim.Name = request.Account.Number + 1
	}
	request.Claim.Standing = f[11].Bit()
	if len(f[12].Items()) > 0 {
		s := f[12].Tuple("root", "salt", "place", "path")
		request.Sealed = &Sealed{Root: s[0].Element(), Salt: s[1].Element(), Place: s[2].Int(0, 1<<(2*publicinput.RequestDepth)-1),
			Path: readPath(s[3], publicinput.RequestDepth)}
	}
	for _, item := range f[13].Items() {
		a := item.Tuple("venue", "blinding", "entries", "place", "path")
		request.Attested = append(request.Attested, Attested{Attestation: publicinput.Attestation{Venue: a[0].Int(0, math.MaxUint32),
			Account: request.Account.Number, Blinding: a[1].Element(), Entries: readList(a[2], math.MaxUint32, -publicinput.LotsMax)},
			Place: a[3].Int(0, 1<<(2*publicinput.VenueDepth)-1), Path: readPath(a[4], publicinput.VenueDepth)})
	}
	request.Tariff = f[14].Bytes()
	if len(f[15].Items()) > 0 {
		m := f[15].Tuple("member", "salt", "path")
		request.Margin = &SealedMargin{Member: m[0].Int(0, math.MaxUint32), Salt: m[1].Element(), Path: readPath(m[2], depth)}
	}
	return request, document.Fault()
}

func readEpoch(value canonical.Value) publicinput.EpochDocument {
	f := value.Tuple("house", "epoch", "previous", "accountRoot", "tableRoot", "tableSha", "parametersSha", "inputsSha", "venueRoot",
		"vaultTableRoot", "bufferDigest", "marginRoot")
	return publicinput.EpochDocument{House: f[0].Element(), Number: f[1].Int(1, math.MaxInt64), Previous: f[2].Element(),
		AccountRoot: f[3].Element(), TableRoot: f[4].Element(), TableSha: f[5].Digest(), ParametersSha: f[6].Digest(), InputsSha: f[7].Digest(),
		VenueRoot: f[8].Element(), VaultTableRoot: f[9].Element(), BufferDigest: f[10].Element(), MarginRoot: f[11].Element()}
}

func readAccount(value canonical.Value) publicinput.AccountLeaf {
	version, names := int64(1), []string{"number", "owner", "salt", "cash", "positions", "paid", "collateral", "debt"}
	if items := value.Items(); len(items) > 1 && items[1].Content() == int64(accountOverVenues) {
		version, names = accountOverVenues, append(names, "standings")
	}
	f := value.Schema("bulwark-account", version, names...)
	account := publicinput.AccountLeaf{Number: f[0].Int(0, math.MaxUint32), Owner: f[1].Element(), Salt: f[2].Element(),
		Cash:      f[3].Int(-math.MaxInt64, math.MaxInt64),
		Positions: readList(f[4], math.MaxUint32, -publicinput.LotsMax), Paid: readList(f[5], math.MaxUint32, 1),
		Lines: mergeLines(readList(f[6], risktable.LineAssetMax, 1), readList(f[7], risktable.LineAssetMax, 1))}
	if version == accountOverVenues {
		account.AtVenues, account.Standings = true, readStandings(f[8])
	}
	return account
}

// accountOverVenues is the version of an account of a house whose tables list venues: it has standings.
const accountOverVenues = 2

// readStandings reads standings of strictly increasing venues; which of them act is the table's to say.
func readStandings(value canonical.Value) []publicinput.Standing {
	items := value.Items()
	standings, last := make([]publicinput.Standing, len(items)), int64(0)
	for i, item := range items {
		f := item.Tuple("venue", "distance")
		standings[i] = publicinput.Standing{Venue: f[0].Int(1, publicinput.VenueKey-1), Distance: f[1].Int(math.MinInt64, math.MaxInt64)}
		if standings[i].Venue <= last {
			f[0].RefuseAs(refusal.Account, "IDS_NOT_INCREASING")
		}
		last = standings[i].Venue
	}
	return standings
}

// readList reads entries with strictly increasing numbers and lots within [least, 2³¹ − 1], never 0.
func readList(value canonical.Value, numberMax, least int64) []publicinput.Entry {
	items := value.Items()
	entries, last := make([]publicinput.Entry, len(items)), int64(-1)
	for i, item := range items {
		fields := item.Tuple("number", "lots")
		entries[i] = publicinput.Entry{Key: fields[0].Int(0, numberMax), Lots: fields[1].Int(math.MinInt64, math.MaxInt64)}
		switch {
		case entries[i].Key <= last:
			fields[0].RefuseAs(refusal.Account, "IDS_NOT_INCREASING")
		case entries[i].Lots == 0:
			fields[1].RefuseAs(refusal.Account, "ZERO_QUANTITY")
		case entries[i].Lots < 0 && least > 0:
			fields[1].RefuseAs(refusal.Account, "NEGATIVE_QUANTITY")
		case entries[i].Lots < least || entries[i].Lots > publicinput.LotsMax:
			fields[1].RefuseAs(refusal.Account, "OUT_OF_RANGE")
		}
		last = entries[i].Key
	}
	return entries
}

// mergeLines puts collateral and debt into the one list of lines, by key.
func mergeLines(collateral, debt []publicinput.Entry) []publicinput.Entry {
	lines := make([]publicinput.Entry, 0, len(collateral)+len(debt))
	for len(collateral)+len(debt) > 0 {
		if len(debt) == 0 || len(collateral) > 0 && collateral[0].Key <= debt[0].Key {
			lines = append(lines, publicinput.Entry{Key: publicinput.LineKey(collateral[0].Key, false), Lots: collateral[0].Lots})
			collateral = collateral[1:]
		} else {
			lines = append(lines, publicinput.Entry{Key: publicinput.LineKey(debt[0].Key, true), Lots: debt[0].Lots})
			debt = debt[1:]
		}
	}
	return lines
}

func readTail(value canonical.Value) *big.Int {
	tail := value.Element()
	integer := tail.BigInt(new(big.Int))
	if integer.BitLen() > publicinput.OwnerTailBits {
		value.Refuse("OUT_OF_RANGE")
	}
	return integer
}

func readPath(value canonical.Value, depth int) [][tree.Arity - 1]fr.Element {
	path, encoded := make([][tree.Arity - 1]fr.Element, depth), value.Bytes()
	if len(encoded) != depth*(tree.Arity-1)*fr.Bytes {
		value.Refuse("WRONG_LENGTH")
		return path
	}
	for level := range path {
		for sibling := range path[level] {
			if err := path[level][sibling].SetBytesCanonical(encoded[:fr.Bytes]); err != nil {
				value.Refuse("NOT_A_FIELD_ELEMENT")
			}
			encoded = encoded[fr.Bytes:]
		}
	}
	return path
}

func readHalfField(value canonical.Value) fr.Element {
	element := value.Element()
	if !publicinput.FitsHalfField(element) {
		value.Refuse("OUT_OF_RANGE")
	}
	return element
}

// Owner is the owner commitment of an account: its number below 2³², the tail below 2¹²⁸.
func Owner(secret, tail fr.Element, number int64) (fr.Element, error) {
	integer := tail.BigInt(new(big.Int))
	if integer.BitLen() > publicinput.OwnerTailBits || number < 0 || number > math.MaxUint32 {
		return fr.Element{}, refusal.New(refusal.Request, "OUT_OF_RANGE", "owner")
	}
	return publicinput.OwnerOf(secret, number, integer), nil
}
