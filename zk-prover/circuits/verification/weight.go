package verification

import (
	"encoding/binary"
	"math/big"
	"sync"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// weightBytes: a set with a bad proof passes by a chance of 2⁻¹²⁸ for each set of weights that a forger tries.
const weightBytes = 16

// weight is a + λ·b for 64-bit integers a and b, where λ·(x, y) = (ζ·x, y): a point is multiplied by it in 64 doublings instead of 128. Different
// pairs are different elements, since no vector of the lattice of pairs that are 0 is that short.
type weight [weightBytes]byte

func (w weight) halves() (a, b uint64) {
	return binary.BigEndian.Uint64(w[:8]), binary.BigEndian.Uint64(w[8:])
}

// element is the weight in the scalar field.
func (w weight) element() fr.Element {
	first, second := w.halves()
	a, b, lambda := *new(fr.Element).SetUint64(first), *new(fr.Element).SetUint64(second), endomorphism().lambda
	return *a.Add(&a, b.Mul(&b, &lambda))
}

// times is the weight times a point.
func (w weight) times(point *curve.G1Affine) (product curve.G1Jac) {
	a, b := w.halves()
	image := endomorphism().of(point)
	product.JointScalarMultiplication(point, &image, new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
	return product
}

// weighted is Σ weights·points: twice as many points with scalars of half the length.
func weighted(points []curve.G1Affine, weights []weight) (sum curve.G1Affine) {
	phi, n := endomorphism(), len(points)
	both, scalars := make([]curve.G1Affine, 2*n), make([]fr.Element, 2*n)
	for i := range points {
		both[i], both[n+i] = points[i], phi.of(&points[i])
		a, b := weights[i].halves()
		scalars[i].SetUint64(a)
		scalars[n+i].SetUint64(b)
	}
	return sumOf(both, scalars)
}

// phi is (x, y) ↦ (ζ·x, y), which is multiplication by λ: both are primitive cube roots of 1, each in its field.
type phi struct {
	zeta   fp.Element
	lambda fr.Element
}

func (p phi) of(point *curve.G1Affine) curve.G1Affine {
	return curve.G1Affine{X: *new(fp.Element).Mul(&point.X, &p.zeta), Y: point.Y}
}

// endomorphism finds ζ = (−1 + √−3)/2 and, of both λ, the one that fits it.
var endomorphism = sync.OnceValue(func() (found phi) {
	var three fp.Element
	three.SetInt64(-3)
	found.zeta.Sqrt(&three)
	one, two := fp.One(), *new(fp.Element).SetUint64(2)
	found.zeta.Sub(&found.zeta, &one).Div(&found.zeta, &two)
	var root fr.Element
	root.SetInt64(-3)
	found.lambda.Sqrt(&root)
	unit, half := fr.One(), *new(fr.Element).SetUint64(2)
	found.lambda.Sub(&found.lambda, &unit).Div(&found.lambda, &half)
	_, _, generator, _ := curve.Generators()
	image := found.of(&generator)
	if multiple := new(curve.G1Affine).ScalarMultiplication(&generator, found.lambda.BigInt(new(big.Int))); !multiple.Equal(&image) {
		found.lambda.Square(&found.lambda)
	}
	return found
})
