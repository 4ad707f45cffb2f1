package book

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// Totals are what a part of the book adds up to. They stay inside blinded commitments but for those of the whole house.
type Totals struct {
	Accounts            int64
	CashPlus, CashMinus *big.Int // u
	Shortfall           *big.Int // 10⁻⁶ u
	Lines               []int64  // lots by row of the values
	Long, Short         []int64  // lots by row of the instruments
	Paid                []int64  // paid lots by row of the instruments: owed in kind
}

func noTotals(assets, instruments int) Totals {
	return Totals{CashPlus: new(big.Int), CashMinus: new(big.Int), Shortfall: new(big.Int), Lines: make([]int64, 2*assets),
		Long: make([]int64, instruments), Short: make([]int64, instruments), Paid: make([]int64, instruments)}
}

// add adds other totals of the same shape.
func (t *Totals) add(other Totals) {
	t.Accounts += other.Accounts
	t.CashPlus.Add(t.CashPlus, other.CashPlus)
	t.CashMinus.Add(t.CashMinus, other.CashMinus)
	t.Shortfall.Add(t.Shortfall, other.Shortfall)
	for i := range t.Lines {
		t.Lines[i] += other.Lines[i]
	}
	for i := range t.Long {
		t.Long[i] += other.Long[i]
		t.Short[i] += other.Short[i]
		t.Paid[i] += other.Paid[i]
	}
}

// ShortfallUnits is the shortfall in u, rounded up: what must be declared.
func (t Totals) ShortfallUnits() *big.Int {
	units, rest := new(big.Int).DivMod(t.Shortfall, big.NewInt(risktable.Million), new(big.Int))
	if rest.Sign() > 0 {
		units.Add(units, big.NewInt(1))
	}
	return units
}

// Node is an opened commitment: the root of a subtree and its totals under a blinding of 31 random bytes.
type Node struct {
	Root, Blinding fr.Element
	Totals         Totals
}

// Commitment is H_16(23; root, blinding, accounts, cash⁺, cash⁻, shortfall, lines, long, short, paid), lots packed 4 × 63 bits.
func (n Node) Commitment() fr.Element {
	elements := append([]fr.Element{n.Root, n.Blinding}, n.totals()...)
	return publicinput.HashOf(publicinput.BookNode, elements...)
}

func (n Node) totals() []fr.Element {
	t := n.Totals
	elements := []fr.Element{publicinput.Signed(t.Accounts), element(t.CashPlus), element(t.CashMinus), element(t.Shortfall)}
	for _, lots := range [][]int64{t.Lines, t.Long, t.Short, t.Paid} {
		elements = append(elements, publicinput.Wide.Pack(lots)...)
	}
	return elements
}

func element(x *big.Int) fr.Element { return *new(fr.Element).SetBigInt(x) }

// EmptyNode is the node of a subtree without accounts, unblinded, so that everybody knows its commitment and asks for no proof of it.
func EmptyNode(assets, instruments, height int) Node {
	return Node{Root: tree.New(height).Root(), Totals: noTotals(assets, instruments)}
}

// Published are the totals of the whole house beside its reserves.
type Published struct {
	CashPlus, CashMinus, CashReserve int64   // u
	Lines, Reserves                  []int64 // lots by row of the values; the reserve of a debt row is 0
	Long, Short                      []int64
	Paid, PaidReserves               []int64 // lots by row of the instruments: owed in kind, and held against it
}

// Reserves are what a house holds against what it owes: cash in u, lots by asset of the table, lots by instrument of the table.
type Reserves struct {
	Cash        int64
	Assets      []int64
	Instruments []int64
}

// PublishedOf are totals with reserves, in the order of the rows. Refuses a liability above its reserve by its row.
func PublishedOf(totals Totals, reserves Reserves) (Published, error) {
	published := Published{CashReserve: reserves.Cash, Lines: totals.Lines, Reserves: make([]int64, len(totals.Lines)), Long: totals.Long,
		Short: totals.Short, Paid: totals.Paid, PaidReserves: make([]int64, len(totals.Paid))}
	if !totals.CashPlus.IsInt64() || !totals.CashMinus.IsInt64() || len(reserves.Assets) > len(totals.Lines)/2 ||
		len(reserves.Instruments) > len(totals.Paid) {
		return published, refusal.New(refusal.Account, "TOO_LARGE", "totals")
	}
	published.CashPlus, published.CashMinus = totals.CashPlus.Int64(), totals.CashMinus.Int64()
	for asset, reserve := range reserves.Assets {
		published.Reserves[2*asset] = reserve
	}
	copy(published.PaidReserves, reserves.Instruments)
	return published, published.covered()
}

// covered names the first liability above its reserve.
func (p Published) covered() error {
	if p.CashReserve < p.CashPlus {
		return refusal.New(refusal.Claim, "CLAIM_NOT_MET", "reserves.cash")
	}
	for row := 0; row < len(p.Lines); row += 2 {
		if p.Reserves[row] < p.Lines[row] {
			return refusal.New(refusal.Claim, "CLAIM_NOT_MET", "reserves[%d]", row/2)
		}
	}
	for row, owed := range p.Paid {
		if p.PaidReserves[row] < owed {
			return refusal.New(refusal.Claim, "CLAIM_NOT_MET", "reserves.instruments[%d]", row)
		}
	}
	return nil
}

// Digest is H_16(27; digest of the children, cash⁺, cash⁻, reserve of cash, lines, long, short, paid, reserves, reserves of what is paid).
func (p Published) Digest(children fr.Element) fr.Element {
	elements := []fr.Element{children, publicinput.Signed(p.CashPlus), publicinput.Signed(p.CashMinus), publicinput.Signed(p.CashReserve)}
	for _, lots := range [][]int64{p.Lines, p.Long, p.Short, p.Paid, p.Reserves, p.PaidReserves} {
		elements = append(elements, publicinput.Wide.Pack(lots)...)
	}
	return publicinput.HashOf(publicinput.BookTotals, elements...)
}

// ChildrenDigest is H_16(26; commitments).
func ChildrenDigest(commitments []fr.Element) fr.Element {
	return publicinput.HashOf(publicinput.BookChildren, commitments...)
}
