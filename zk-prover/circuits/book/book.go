// Package book is the circuit of the whole house: "every account of the sealed account tree is counted once, liabilities per asset sum to
// the published totals, reserves cover them, and every account's equity is at least 0 or its lack is in the declared shortfall".
//
// Takes: the account leaves of an epoch (the leaves of the account circuit, not a second tree), the values of the epoch's risk table, the
// reserves. Gives: one proof a batch of 4^levels neighbouring leaves, one a layer of sums, one on top; five public inputs each.
// Invariants: a subtotal leaves the prover only inside a blinded hash; no published total depends on a netting between accounts.
//
// # What a house owes, and why nothing is netted
//
// A leaf says cash, lines (collateral and debt lots by asset), positions and what is paid for. Per asset and instrument the book sums lists
// apart, each of integers that are ranged to be at least 0 before they are added:
//   - collateral lots: what the house owes its accounts. This is the liability that reserves must cover;
//   - debt lots: what accounts owe the house. Never set off against collateral, of the same account or of another: an invented account
//     that "owes" an asset would otherwise hide what is owed to real ones (the dummy-user attack). A wrong debt can only make the
//     published debts larger and the account's own equity smaller;
//   - positive cash, a liability like collateral, covered by the reserve of cash; negative cash, a debt;
//   - long and short lots by instrument: the open interest that the house has to carry at venues. Published, not covered by reserves.
//   - paid lots by instrument: what accounts have paid for and no longer margin. Owed in kind: the reserve is lots of the same instrument,
//     and no money stands for it. They are in no equity. In a shape without paid slots the paid list is the empty one, a constant.
//
// Equity is the margin formula's E at the values of the risk table: positive cash at par, negative cash with its residual, collateral at K,
// debts at −D, a long lot at V and a short one at −V. Whoever's E is below 0 adds −E to the declared shortfall, which is a sum over
// accounts of max(0, −E): another account's surplus does not lower it. With Tiers above 0 the value of a line is less by its own-size
// charges (Σ slope·(lots − threshold)⁺, the table's knots): the haircut by size that other proofs of reserves use, stricter than E.
//
// # Why the sums are right
//
// Every account once: place t of batch b opens the leaf whose number is b·4^levels + t, or the empty leaf 0, and the circuit builds the
// subtree from these leaves itself. A number has one place, so no account is counted twice; a leaf left out is a leaf 0, which is another
// root. A place without account has no cash and no entry. The top circuit rebuilds the account root of the epoch from the subtree roots;
// what lies to the right of the last batch is the empty subtree, a constant.
//
// Every entry once: a slot carries the row of the values that it uses: place in the list, key word, value. One identity of fractions at a
// challenge drawn after all of it is committed,
//
//	Σ_slots (lots + 2⁴²)/(x − row) = Σ_rows (Total + 2⁴²·count)/(x − row), row = place + y·word + y²·value + …, y = x^(2²⁰),
//
// says for every pole that the numerators agree. Lots are below 2³¹ and slots at most 2¹¹·rows, so the left sides are integers far
// below r and the right side's two parts, ranged to 42 and 11 bits, are unique: Total is the sum of the lots in that row, and a slot whose
// row is not in the list has a pole that the right side lacks; its numerator is at least 2⁴², so there is none. Hence no phantom asset.
// Rows beyond the list are 0 with Total forced to 0: an unused slot uses one of these, so it has no lots, no key and no value. Places
// are strictly increasing in an account, so an asset stands once in it and unused slots come last.
// y as a high power of x keeps the columns apart: the cleared identity has a degree below 2²⁰ in x for each power of y, so it is a
// polynomial in x of degree below 2²⁴, 0 at a random x by a chance below 2^−229 unless it is 0.
//
// No wrap: amounts are read from limbs that stand in tables of 2¹⁰ and 2¹¹ numbers; a packed slot has 63 bits, a total of one batch 42,
// and 4¹⁰ batches keep it below 2⁶². Equity is compared as sign and 92-bit magnitude, in 10⁻⁶ u, so that the residual needs no rounding.
//
// Accounts of a house whose tables list venues have standings, whose hash is one more element of the leaf; they are in no equity. There the
// number shares an element with the cash, so the index keeps it below 2³⁰, which no tree exceeds.
//
// One epoch: the values' digest is a public input of every batch and the verifier makes it from the table whose root is in the epoch; the
// account root is opened from the epoch's digest in the top circuit.
//
// # What is recursive and what is not
//
// Nothing is: no proof is verified inside another. A verifier checks all batch proofs in one product of pairings, the sums of a layer in
// another, and the top proof (a quarter of a millisecond a proof: verification.VerifyAll), and that the commitments which one layer publishes are those that the next one opens. Checking a BN254 proof inside a BN254 circuit means
// emulating the field of its points: gnark's own statistics count 836,345 constraints for one such pairing, and a verification with a
// commitment takes a product of four and a second one of two. That is more than the accounts of two batches for each proof verified; a
// cycle of curves would need a second library, ceremony and key set. 196 bytes and ¼ ms a batch are cheaper up to millions of accounts.
//
// # What an unchanged batch costs when prices move
//
// A batch's commitment holds its subtree root, its totals and its shortfall, and no price. Equity rises with a collateral value and falls
// with a debt value, so a batch proved at values V stays valid for every epoch whose collateral and long values are at least and whose
// debt and short values at most those of V: its shortfall is then an upper bound. A house that proves a quiet batch at values a few per
// cent worse than today's needs no new proof of it until a value leaves that band or a leaf changes; of the book it makes only the sums
// on the changed paths and the top proof again. Verifiers compare the values' lists themselves (Values.Covers).
// A commitment that does not change says that its batch did not: a stated limit.
//
// # What a proof of one layer says and no other
//
// The last public input is the statement of publicinput: tag 16 with height and index for a batch, 17 for a sum, 18 with shortfall and number
// of accounts on top. Each field is a constant or ranged where it is shown: the index to 28 bits, since a batch of absent accounts stands
// at any place and with an index mod r its statement would show any tag; shortfall and accounts in the top itself. Challenge and scope are 0.
package book
