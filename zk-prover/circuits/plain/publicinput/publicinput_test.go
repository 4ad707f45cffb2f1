package publicinput

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func TestShouldKeepFieldsApartWithinAnElement(t *testing.T) {
	layouts := append([]Layout{RowHead, VenueRowHead, RowSize, GlobalHead, VenueGlobalHead, GlobalMoney}, GroupLeaf...)
	for i, layout := range layouts {
		used := new(big.Int)
		for _, field := range layout {
			mask := new(big.Int).Lsh(big.NewInt(1), field.Bits)
			mask.Sub(mask, big.NewInt(1)).Lsh(mask, field.Offset)
			if new(big.Int).And(used, mask).Sign() != 0 {
				t.Errorf("layout %d: %s overlaps", i, field.Name)
			}
			used.Or(used, mask)
		}
		if used.Cmp(fr.Modulus()) >= 0 {
			t.Errorf("layout %d does not fit an element", i)
		}
	}
	if _, last := WeightAt(WeightsPerElement - 1); last.Offset+last.Bits >= uint(fr.Modulus().BitLen()) {
		t.Error("weights do not fit an element")
	}
}

func TestShouldGiveOneHashALengthAndADomain(t *testing.T) {
	seen := map[fr.Element]string{}
	zeros := make([]fr.Element, 20)
	for domain := Account; domain <= DomainMax; domain++ {
		for n := range zeros {
			hash := HashOf(domain, zeros[:n]...)
			if _, taken := seen[hash]; taken {
				t.Fatalf("domain %d, %d zeros: hash seen before", domain, n)
			}
			seen[hash] = ""
		}
	}
}

func TestShouldHashAListOfUpTo45EntriesInOnePermutation(t *testing.T) {
	if most := WordsPerElement * (PositionList.Width() - 1); most != 45 {
		t.Fatalf("a list of %d entries fills one permutation", most)
	}
}

func TestShouldTellHalfFieldElements(t *testing.T) {
	bound := new(big.Int).Lsh(big.NewInt(1), HalfFieldBits)
	last := new(big.Int).Sub(bound, big.NewInt(1))
	if !FitsHalfField(*new(fr.Element).SetBigInt(last)) || FitsHalfField(*new(fr.Element).SetBigInt(bound)) {
		t.Fatal("2^248 − 1 fits, 2^248 does not")
	}
}

func TestShouldPanicOnAValueThatLeavesItsField(t *testing.T) {
	for _, value := range []int64{-1, 1 << 32} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d must not be packed", value)
				}
			}()
			RowHead.Pack(map[string]int64{"bound": value})
		}()
	}
}
