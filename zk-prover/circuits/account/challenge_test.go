package account

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

// attacked is the shape that the lattice attack is tried on: sixteen rows of expected shortfall.
var attacked = Shape{Positions: 3, Lines: 2, Groups: 3, Depth: 2, Opening: Challenge, Structure: tabletest.Small(16)}

// Who knows ρ before he commits to his losses finds other small losses with the same value at ρ: a lattice of sixteen dimensions, reduced in
// less than a second. The margin of the forged losses is below the true one and the one equation that the circuit checks at ρ holds. What
// stands in the way is only that ρ comes from the sealed root of the tree that the commitment stands in.
func TestShouldRejectLossesThatFitAPointKnownBefore(t *testing.T) {
	random := rand.New(rand.NewPCG(101, 102))
	d := drawFor(t, random, attacked, publicinput.Given, 5000, func(_ publicinput.AccountLeaf, e seen) bool { return e.Shortfall > 2*e.Stress })
	laid, _ := slotsOf(attacked, d.table, d.request.Account, publicinput.Given)
	honest := laid.sums.Components()
	known := publicinput.RhoOf(d.request.Epoch.Digest(), d.request.Sealed.Root)
	forged := *laid.sums
	forged.EsLosses = lossesThatFit(&forged, known)
	if value(laid.sums.WholeColumns(laid.packing), known) != value(forged.WholeColumns(laid.packing), known) {
		t.Fatal("the forged losses must have the value of the true ones at the known point")
	}
	lighter := forged.Components()
	t.Logf("expected shortfall %d is forged to %d, IM %d to %d", honest.Shortfall, lighter.Shortfall, honest.InitialMargin, lighter.InitialMargin)
	if lighter.InitialMargin >= honest.InitialMargin {
		t.Fatal("the forgery must pay")
	}
	system, err := groth.Compile(attacked)
	if err != nil {
		t.Fatal(err)
	}
	if groth.Solve(system, forgeSlots(d, laid, margin.Honest).Circuit) != nil {
		t.Fatal("the honest witness must be accepted")
	}
	laid.sums = &forged
	d.request.Claim.Amount = lighter.InitialMargin
	requests := tree.New(publicinput.RequestDepth)
	requests.Update(map[int64]fr.Element{4: commitmentOf(d, laid)})
	d.request.Sealed.Root, d.request.Sealed.Path = requests.Root(), requests.Path(4)
	if groth.Solve(system, forgeSlots(d, laid, margin.Honest).Circuit) == nil {
		t.Fatal("losses committed to after their point was known must be rejected")
	}
}

// lossesThatFit are ES losses far below the account's with the same value of the whole polynomial at a point.
func lossesThatFit(sums *formula.Sums, point fr.Element) []int64 {
	n, modulus := len(sums.EsLosses), fr.Modulus()
	_, whole := sums.Table.Parts(publicinput.Wide)
	coefficients, target := make([]*big.Int, n), make([]*big.Int, n)
	for j := range coefficients {
		power := new(fr.Element).Exp(point, big.NewInt(int64(len(whole)+j/publicinput.Wide.Slots)))
		slot := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(publicinput.Wide.Bits*(j%publicinput.Wide.Slots))))
		coefficients[j] = power.Mul(power, slot).BigInt(new(big.Int))
		target[j] = big.NewInt(-sums.EsLosses[j] - 1_000_000)
	}
	basis := witnesstest.Relations(coefficients, modulus)
	witnesstest.Reduce(basis)
	losses := make([]int64, n)
	for j, change := range witnesstest.Closest(basis, target) {
		losses[j] = sums.EsLosses[j] + change.Int64()
	}
	return losses
}

func value(columns []fr.Element, point fr.Element) (sum fr.Element) {
	for k := len(columns) - 1; k >= 0; k-- {
		sum.Mul(&sum, &point).Add(&sum, &columns[k])
	}
	return sum
}

// Honest losses, but the rows' values at another point than that of the sealed root.
func TestShouldRejectRowsOpenedAtAnotherPoint(t *testing.T) {
	random := rand.New(rand.NewPCG(103, 104))
	d := drawFor(t, random, smallChallenge, publicinput.Given, 5000, holding)
	laid, _ := slotsOf(smallChallenge, d.table, d.request.Account, publicinput.Given)
	ways := ways{evaluated: d.table.EvaluateAt(publicinput.Wide, publicinput.Signed(4711))}
	ways.account, _ = tree.Climb(d.request.Account.Hash(), d.request.Account.Number, d.request.Path)
	ways.request, _ = tree.Climb(commitmentOf(d, laid), d.request.Sealed.Place, d.request.Sealed.Path)
	if accepts(fill(smallChallenge, d.table, d.request, laid, ways, nil, margin.Honest)) {
		t.Fatal("rows opened at a foreign point must be rejected")
	}
}

// Rows that the prover made up are accepted by the circuit, and refused by everybody who computes the evaluated root from the published table.
func TestShouldShowRowsThatAreNotTheTablesInTheSeal(t *testing.T) {
	random := rand.New(rand.NewPCG(105, 106))
	d := drawFor(t, random, smallChallenge, publicinput.Given, 5000, func(_ publicinput.AccountLeaf, e seen) bool { return e.Shortfall > 0 })
	harmless := *d.table
	harmless.Instruments = append(harmless.Instruments[:0:0], d.table.Instruments...)
	for i := range harmless.Instruments {
		harmless.Instruments[i].EsLoss = make([]int64, harmless.EsRows)
	}
	lying := d
	lying.table, lying.opened = &harmless, &harmless
	laid, _ := slotsOf(smallChallenge, &harmless, d.request.Account, publicinput.Given)
	requests := tree.New(publicinput.RequestDepth)
	requests.Update(map[int64]fr.Element{4: commitmentOf(lying, laid)})
	lying.request.Sealed = &Sealed{Root: requests.Root(), Salt: d.request.Sealed.Salt, Place: 4, Path: requests.Path(4)}
	assignment := forgeSlots(lying, laid, margin.Honest)
	if !accepts(assignment) {
		t.Fatal("the circuit takes the evaluated tree as given")
	}
	epoch := lying.request.Epoch.Digest()
	expected := publicinput.RequestSealOf(epoch, requests.Root(), d.table.EvaluateAt(publicinput.Wide, publicinput.RhoOf(epoch, requests.Root())).Root)
	if assignment.Public[publicinput.SealInput] == expected {
		t.Fatal("the seal must name another evaluated root than the published table's")
	}
}

// A commitment to another account, candidate or salt does not stand in the sealed tree.
func TestShouldRefuseACommitmentThatWasNotSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(107, 108))
	for name, change := range map[string]func(*drawn){
		"salt":  func(d *drawn) { d.request.Sealed.Salt = publicinput.Signed(1) },
		"place": func(d *drawn) { d.request.Sealed.Place++ },
		"root":  func(d *drawn) { d.request.Sealed.Root = publicinput.Signed(1) },
		"candidate": func(d *drawn) {
			d.request.Claim.Choice, d.request.Claim.Tag = publicinput.AllPaid, publicinput.TagExcessOverInitial
		},
	} {
		d := drawFor(t, random, smallChallenge, publicinput.Given, 5000, holding)
		sealed := *d.request.Sealed
		d.request.Sealed = &sealed
		change(&d)
		if _, err := Assign(smallChallenge, d.table, d.request); err == nil {
			t.Errorf("another %s must be refused", name)
		}
	}
}
