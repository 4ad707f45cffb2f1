package gadget

import (
	"math/big"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/rangecheck"
)

// Million is the scale of ppm.
const Million = 1_000_000

// millionBits holds every remainder below a million.
const millionBits = 20

// Ranges asserts bounds of integers.
type Ranges struct {
	api     frontend.API
	checker frontend.Rangechecker
}

// NewRanges must be called before any gadget that waits for the commitment.
func NewRanges(api frontend.API) *Ranges { return &Ranges{api: api, checker: rangecheck.New(api)} }

// Below asserts 0 ≤ x < 2^bits.
func (r *Ranges) Below(x frontend.Variable, bits int) { r.checker.Check(x, bits) }

// Signed asserts −2^bits ≤ x < 2^bits.
func (r *Ranges) Signed(x frontend.Variable, bits int) {
	r.checker.Check(r.api.Add(x, Power(bits)), bits+1)
}

// CeilMillion asserts quotient = ⌈numerator/10⁶⌉ over the integers.
// Assumes |numerator| and |quotient|·10⁶ far below r, both ranged by the caller: an unranged quotient could be numerator/10⁶ mod r.
func (r *Ranges) CeilMillion(numerator, quotient frontend.Variable) {
	r.Ceil(numerator, Million, quotient)
}

// Ceil asserts quotient = ⌈numerator/divisor⌉ over the integers, for 0 < divisor ≤ 10⁶: the remainder divisor·quotient − numerator lies in
// [0, divisor). Assumes of numerator and quotient what CeilMillion does.
func (r *Ranges) Ceil(numerator, divisor, quotient frontend.Variable) {
	remainder := r.api.Sub(r.api.Mul(quotient, divisor), numerator)
	r.Below(remainder, millionBits)
	r.Below(r.api.Sub(divisor, 1, remainder), millionBits)
}

// Power is 2^bits.
func Power(bits int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(bits)) }
