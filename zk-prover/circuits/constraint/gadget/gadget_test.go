package gadget

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/multicommit"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

func init() { logger.Disable() }

// checked is a circuit over a few inputs, so that each gadget is tested alone.
type checked struct {
	In     []frontend.Variable
	define *func(api frontend.API, in []frontend.Variable) error // a pointer, because the engine compares copies of the circuit
}

func (c *checked) Define(api frontend.API) error { return (*c.define)(api, c.In) }

func holds(define func(frontend.API, []frontend.Variable) error, in ...frontend.Variable) bool {
	circuit := &checked{In: make([]frontend.Variable, len(in)), define: &define}
	return test.IsSolved(circuit, &checked{In: in}, ecc.BN254.ScalarField()) == nil
}

// minus is −x mod r.
func minus(x *big.Int) *big.Int { return new(big.Int).Sub(fr.Modulus(), x) }

func assertBounds(t *testing.T, name string, define func(frontend.API, []frontend.Variable) error, accepted, rejected []*big.Int) {
	t.Helper()
	for _, x := range accepted {
		if !holds(define, x) {
			t.Errorf("%s: %v must be accepted", name, x)
		}
	}
	for _, x := range rejected {
		if holds(define, x) {
			t.Errorf("%s: %v must be rejected", name, x)
		}
	}
}

func TestShouldRangeUpToTheBoundAndNotPast(t *testing.T) {
	for _, bits := range []int{2, 20, 31, 32, 60, 61, 63, 128, 248} {
		last := new(big.Int).Sub(Power(bits), big.NewInt(1))
		assertBounds(t, "below", func(api frontend.API, in []frontend.Variable) error {
			NewRanges(api).Below(in[0], bits)
			return nil
		}, []*big.Int{big.NewInt(0), last}, []*big.Int{Power(bits), minus(big.NewInt(1))})
		assertBounds(t, "signed", func(api frontend.API, in []frontend.Variable) error {
			NewRanges(api).Signed(in[0], bits)
			return nil
		}, []*big.Int{minus(Power(bits)), last}, []*big.Int{Power(bits), minus(new(big.Int).Add(Power(bits), big.NewInt(1)))})
	}
}

func TestShouldCeilBothSidesOfZeroAndNothingElse(t *testing.T) {
	define := func(api frontend.API, in []frontend.Variable) error {
		ranges := NewRanges(api)
		ranges.Signed(in[1], 61)
		ranges.CeilMillion(in[0], in[1])
		return nil
	}
	for _, c := range []struct{ numerator, quotient int64 }{{0, 0}, {1, 1}, {999_999, 1}, {1_000_000, 1}, {1_000_001, 2}, {-1, 0},
		{-999_999, 0}, {-1_000_000, -1}, {-1_000_001, -1}} {
		if !holds(define, c.numerator, c.quotient) {
			t.Errorf("ceiling of %d is %d", c.numerator, c.quotient)
		}
		if holds(define, c.numerator, c.quotient+1) || holds(define, c.numerator, c.quotient-1) {
			t.Errorf("ceiling of %d is only %d", c.numerator, c.quotient)
		}
	}
	var half fr.Element
	half.SetInt64(Million).Inverse(&half)
	if holds(define, 1, half) {
		t.Error("a quotient mod r must be rejected")
	}
}

func TestShouldAskForAZeroAmongFactors(t *testing.T) {
	define := func(api frontend.API, in []frontend.Variable) error {
		OneIsZero(api, in...)
		return nil
	}
	if !holds(define, 3, 0, 5) || holds(define, 3, 1, 5) {
		t.Error("one factor must be 0")
	}
	products := func(api frontend.API, in []frontend.Variable) error {
		zeros := NewZeros(api)
		zeros.Product(in[0], in[1])
		zeros.Product(in[1], in[2])
		zeros.Assert()
		return nil
	}
	if !holds(products, 3, 0, 5) || !holds(products, 0, 7, 0) || holds(products, 3, 1, 0) {
		t.Error("every product must be 0")
	}
}

func TestShouldHashAndClimbAsNatively(t *testing.T) {
	elements := []fr.Element{fr.NewElement(3), fr.NewElement(1 << 40), publicinput.Signed(-5)}
	for domain := publicinput.Account; domain <= publicinput.DomainMax; domain++ {
		for _, n := range []int{0, 1, 3} {
			in := []frontend.Variable{publicinput.HashOf(domain, elements[:n]...)}
			for _, element := range elements[:n] {
				in = append(in, element)
			}
			if !holds(func(api frontend.API, in []frontend.Variable) error {
				hash, err := NewHasher(api).Hash(domain, in[1:]...)
				api.AssertIsEqual(hash, in[0])
				return err
			}, in...) {
				t.Errorf("domain %d, %d elements: circuit and native hash differ", domain, n)
			}
		}
	}
}

func TestShouldClimbToTheRootFromTheNamedPlaceOnly(t *testing.T) {
	grown, index := tree.New(3), int64(0b10_11_01)
	leaf := fr.NewElement(77)
	grown.Update(map[int64]fr.Element{index: leaf, 3: fr.NewElement(5)})
	children, root := tree.Climb(leaf, index, grown.Path(index))
	climb := func(api frontend.API, in []frontend.Variable) error {
		steps := make([]Step, 3)
		for i := range steps {
			steps[i] = Step{High: in[2+6*i], Low: in[3+6*i], Children: [4]frontend.Variable(in[4+6*i : 8+6*i])}
		}
		top, err := NewHasher(api).Climb(in[0], steps)
		api.AssertIsEqual(top, in[1])
		return err
	}
	in := []frontend.Variable{leaf, root}
	for level, digit := range tree.Digits(index, 3) {
		in = append(in, digit/2, digit%2)
		for _, child := range children[level] {
			in = append(in, child)
		}
	}
	if !holds(climb, in...) {
		t.Fatal("the path must be accepted")
	}
	for _, place := range []int{0, 1, 2, 3, 9, 14, 15, 17} {
		changed := append([]frontend.Variable{}, in...)
		if number, ok := changed[place].(int); ok {
			changed[place] = 1 - number
		} else {
			changed[place] = 12345
		}
		if holds(climb, changed...) {
			t.Errorf("a path with another value at %d must be rejected", place)
		}
	}
}

func TestShouldPackColumnsAsNatively(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 10; n++ {
		columns := make([]int64, n)
		in := make([]frontend.Variable, n)
		for i := range columns {
			columns[i] = random.Int64N(1<<61) - 1<<60
			in[i] = publicinput.Signed(columns[i])
		}
		for _, element := range publicinput.Wide.Pack(columns) {
			in = append(in, element)
		}
		if !holds(func(api frontend.API, in []frontend.Variable) error {
			for i, element := range PackColumns(api, publicinput.Wide, in[:n]) {
				api.AssertIsEqual(element, in[n+i])
			}
			return nil
		}, in...) {
			t.Fatalf("%d columns are packed differently", n)
		}
	}
}

func TestShouldCompareFractionsPoleByPole(t *testing.T) {
	// in: two numerators and poles on the left, three on the right.
	define := func(api frontend.API, in []frontend.Variable) error {
		NewRanges(api)
		multicommit.WithCommitment(api, func(api frontend.API, x frontend.Variable) error {
			left, right := NewFractions(api), NewFractions(api)
			for i := 0; i < 4; i += 2 {
				left.Add(in[i], api.Sub(x, in[i+1]))
			}
			for i := 4; i < 10; i += 2 {
				right.Add(in[i], api.Sub(x, in[i+1]))
			}
			left.AssertEqual(right)
			return nil
		}, in...)
		return nil
	}
	if !holds(define, 5, 1, -2, 9, 3, 1, 2, 1, -2, 9) {
		t.Error("3 + 2 at pole 1 are 5")
	}
	if holds(define, 5, 1, -2, 9, 3, 1, 3, 1, -2, 9) || holds(define, 5, 1, -2, 9, 5, 1, -2, 8, 0, 9) {
		t.Error("numerators must agree at every pole")
	}
}

func TestShouldLookUpLimbsUpToTheirWidthAndNotPast(t *testing.T) {
	const bits = 31
	define := func(api frontend.API, in []frontend.Variable) error {
		limbs := NewLimbs(api, Count)
		api.AssertIsEqual(limbs.Value(in[1:], bits), in[0])
		return limbs.Assert()
	}
	number := NewNumber(bits)
	number.SetInt(1<<bits-1, bits)
	if !holds(define, append([]frontend.Variable{1<<bits - 1}, number...)...) {
		t.Fatal("the largest number must be accepted")
	}
	for i, width := range LimbWidths(bits) {
		offset := 0
		for _, below := range LimbWidths(bits)[:i] {
			offset += below
		}
		forged := NewNumber(bits)
		forged.SetInt(0, bits)
		forged[i] = 1 << width
		if holds(define, append([]frontend.Variable{1 << (offset + width)}, forged...)...) {
			t.Errorf("limb %d must stay below 2^%d", i, width)
		}
	}
}

func TestShouldHashAnAccountsListAsNatively(t *testing.T) {
	entries := []publicinput.Entry{{Key: 0, Lots: -publicinput.LotsMax}, {Key: 7, Lots: 3}, {Key: 1<<32 - 1, Lots: publicinput.LotsMax},
		{Key: 9, Lots: 1}}
	define := func(api frontend.API, in []frontend.Variable) error {
		slots := make([]Slot, (len(in)-2)/3)
		for i := range slots {
			slots[i] = Slot{Active: in[2+3*i], Key: in[3+3*i], Lots: in[4+3*i]}
		}
		zeros := NewZeros(api)
		hash, err := AccountList{Domain: publicinput.PositionList, Count: in[1], Slots: slots}.Hash(NewHasher(api), NewRanges(api), zeros)
		zeros.Assert()
		api.AssertIsEqual(hash, in[0])
		return err
	}
	in := []frontend.Variable{publicinput.ListHash(publicinput.PositionList, entries), len(entries)}
	for _, entry := range entries {
		in = append(in, 1, entry.Key, Signed(entry.Lots))
	}
	in = append(in, 0, 0, 0) // an empty slot shares the last element
	if !holds(define, in...) {
		t.Fatal("the list must be hashed as the leaf is")
	}
	for place, value := range map[int]frontend.Variable{1: 3, 2: 0, 3: 1 << 32, 4: 5, 14: 1, 15: 1, 16: 1} {
		changed := append([]frontend.Variable{}, in...)
		changed[place] = value
		if holds(define, changed...) {
			t.Errorf("another value at %d must be rejected", place)
		}
	}
}
