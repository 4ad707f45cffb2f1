package publicinput

import (
	"crypto/sha256"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
)

// LotsMax bounds the lots of an entry, either side; −2³¹ is no quantity.
const LotsMax = 1<<31 - 1

// WordsPerElement words of 64 bits share one element of a list hash, the first entry lowest.
const WordsPerElement = 3

// Entry is one entry of a list of the account: a key and its lots. In positions and paid the key is the instrument's number,
// in lines LineKey of the asset.
type Entry struct {
	Key, Lots int64
}

// LineKey is the key of a line: 2·number + side, so that one asset can stand on both sides.
func LineKey(asset int64, debt bool) int64 {
	if debt {
		return 2*asset + 1
	}
	return 2 * asset
}

// word is key·2³² + lots + 2³¹: below 2⁶⁴ and never 0.
func (e Entry) word() uint64 { return uint64(e.Key)<<32 + uint64(e.Lots+1<<31) }

// ListElements are the words of a list, three to an element.
func ListElements(entries []Entry) []fr.Element {
	elements := make([]fr.Element, 0, (len(entries)+WordsPerElement-1)/WordsPerElement)
	for begin := 0; begin < len(entries); begin += WordsPerElement {
		packed := new(big.Int)
		for i, entry := range entries[begin:min(begin+WordsPerElement, len(entries))] {
			word := new(big.Int).SetUint64(entry.word())
			packed.Or(packed, word.Lsh(word, uint(64*i)))
		}
		elements = append(elements, *new(fr.Element).SetBigInt(packed))
	}
	return elements
}

// ListHash is the hash of a list: its words three to an element; n counts entries.
func ListHash(domain Domain, entries []Entry) fr.Element {
	return Hash(domain, len(entries), ListElements(entries))
}

// AccountLeaf is a clearing account as the account tree holds it. Cash in u = 10⁻⁴ USD, quantities in lots.
type AccountLeaf struct {
	Number      int64
	Owner, Salt fr.Element
	Cash        int64
	Positions   []Entry
	Paid        []Entry
	Lines       []Entry // collateral and debt merged, by LineKey

	AtVenues  bool       // of a house whose tables list venues: leaves of both formats never mix in one tree
	Standings []Standing // by venue; none in another house
}

// Hash is H_8(1; account number, owner, salt, cash, positions, paid, lines); of a house with venues the leaf has standings.
func (l AccountLeaf) Hash() fr.Element {
	if l.AtVenues {
		return l.venueHash()
	}
	return HashOf(Account, Signed(l.Number), l.Owner, l.Salt, Signed(l.Cash),
		ListHash(PositionList, l.Positions), ListHash(PaidList, l.Paid), ListHash(LineList, l.Lines))
}

// Signed is an integer as a field element: a negative x is r − |x|.
func Signed(x int64) (element fr.Element) {
	element.SetInt64(x)
	return element
}

// OwnerTailBits bounds t: the owner draws t < 2¹²⁸ for each account, so that accounts of one owner are not linked.
const OwnerTailBits = 128

// OwnerOf is H_3(14; secret, account number + 2³²·t).
func OwnerOf(secret fr.Element, number int64, tail *big.Int) fr.Element {
	blinded := new(big.Int).Lsh(tail, 32)
	blinded.Add(blinded, big.NewInt(number))
	return HashOf(Owner, secret, *new(fr.Element).SetBigInt(blinded))
}

// NullifierOf is H_8(13; secret, house, epoch, scope, account number): once per account, epoch and scope. With 0 for the epoch it stands: it
// is the same in every epoch.
func NullifierOf(secret, house, epoch, scope fr.Element, number int64) fr.Element {
	return HashOf(Nullifier, secret, house, epoch, scope, Signed(number))
}

// AttestedEntries is the number of entries of one attestation.
const AttestedEntries = 8

// Attestation is what a venue says of one account's positions: a leaf of the tree whose root the epoch seals. It names the account, so that
// it serves no other. Blinding is known to venue and owner, so that the leaf does not tell what stands in it.
type Attestation struct {
	Venue, Account int64
	Blinding       fr.Element
	Entries        []Entry
}

// Hash is H_16(15; venue, account number, blinding, entries three to an element); n counts the entries.
func (a Attestation) Hash() fr.Element {
	return Hash(VenueAttestation, len(a.Entries), append([]fr.Element{Signed(a.Venue), Signed(a.Account), a.Blinding}, ListElements(a.Entries)...))
}

// MarginLeaf is what an account's margin is, as the margin tree holds it at the account's number. Money in u; of an account without a margin
// all are 0.
type MarginLeaf struct {
	Number               int64
	Member               int64 // permanent number of the member behind the account
	Initial, Maintenance int64
	Equity               int64 // signed
	Buffer               int64 // contagion buffer; 0 where none is published
	Salt                 fr.Element
}

// Hash is H_8(28; number, member, IM, MM, E, Buffer, salt).
func (l MarginLeaf) Hash() fr.Element {
	return HashOf(MarginLeafHash, Signed(l.Number), Signed(l.Member), Signed(l.Initial), Signed(l.Maintenance), Signed(l.Equity), Signed(l.Buffer), l.Salt)
}

// marginSaltBytes of a SHA-256 are a salt, as those of accounts.
const marginSaltBytes = 31

// MarginSalt is the salt of an account's margin leaf: the first 31 bytes of SHA-256 ["bulwark-margin-salt", house, epoch, salt of the account's
// leaf]. The owner computes it, and who is shown it learns nothing of the account's leaf.
func MarginSalt(house fr.Element, epoch int64, leafSalt fr.Element) fr.Element {
	houseBytes, saltBytes := house.Bytes(), leafSalt.Bytes()
	sum := sha256.Sum256(canonical.Encode([]any{"bulwark-margin-salt", houseBytes[:], epoch, saltBytes[:]}))
	return *new(fr.Element).SetBytes(sum[:marginSaltBytes])
}
