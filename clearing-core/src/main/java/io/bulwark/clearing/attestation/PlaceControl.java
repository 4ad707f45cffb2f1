package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose a place is where a house holds something: its key says that it holds for this house in this epoch, and for what. A wallet signs the text
 * (EIP-191) or the typed data (EIP-712), a venue the canonical bytes (Ed25519). It names the house, so that one house cannot show another's, and
 * the purpose, so that nobody can show what was meant for the reserves as the fund.
 *
 * @param house the house
 * @param epoch number of the epoch
 * @param purpose what it holds for
 * @param place CAIP-10 of an address, venue and account, or a bank's reference
 */
public record PlaceControl(Digest house, long epoch, HoldingPurpose purpose, String place) {
    /** What wallets sign as typed data. */
    public static final String TYPE = "HoldingOf(bytes32 house,uint64 epoch,string purpose,string place)";

    private static final Pattern CAIP_10 = Pattern.compile("eip155:([1-9]\\d{0,18}):(0x[0-9a-f]{40})");

    /** Checks the number and that nothing in the place can be taken for another line of the text. */
    public PlaceControl {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be at least 1; have " + epoch);
        }
        if (place.isBlank() || !place.codePoints().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("place must be printable ASCII without spaces; have \"" + place + "\"");
        }
    }

    /** The address of a place that is one. */
    public static Optional<ChainAddress> address(String place) {
        Matcher matcher = CAIP_10.matcher(place);
        return matcher.matches() ? Optional.of(new ChainAddress(matcher.group(2))) : Optional.empty();
    }

    /** The chain of a place that is an address. */
    public static Optional<Long> chain(String place) {
        Matcher matcher = CAIP_10.matcher(place);
        return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    /** ["bulwark-holding-of", house, epoch, for, place]. */
    public CanonicalValue canonical() {
        return array(
                CanonicalValue.text("bulwark-holding-of"),
                bytes(house),
                integer(epoch),
                CanonicalValue.text(purpose.word()),
                CanonicalValue.text(place));
    }

    /** The text that a wallet shows and signs. */
    public String text() {
        return """
                Bulwark holding

                This place holds for the house below, in this epoch and in no other, and for this alone.

                House: %s
                Epoch: %d
                For: %s
                Place: %s""".formatted(house.hex(), epoch, purpose.word(), place);
    }

    private Digest typedDigest(long chainId) {
        Digest domain = TypedData.struct("EIP712Domain(string name,string version,uint256 chainId)")
                .text("Bulwark holding")
                .text("1")
                .number(chainId)
                .hash();
        return TypedData.struct(TYPE)
                .word(house)
                .number(epoch)
                .text(purpose.word())
                .text(place)
                .digest(domain);
    }

    /** Whether a control is the signature of the address that the place is. */
    public boolean isOfAddress(byte[] control) {
        return address(place)
                .filter(address -> Stream.of(
                                Secp256k1.personalDigest(text()),
                                typedDigest(chain(place).orElseThrow()))
                        .anyMatch(digest -> ChainSignature.objection(control, address, digest)
                                .isEmpty()))
                .isPresent();
    }

    /** Whether a control is an Ed25519 signature of a key, as venues and custodians sign. */
    public boolean isOf(Digest key, byte[] control) {
        return signs(key, control, canonical());
    }

    /** Whether an Ed25519 signature of a key is on the bytes of a value. */
    public static boolean signs(Digest key, byte[] signature, CanonicalValue value) {
        return signature.length == EpochSignature.LENGTH && EpochSignature.holds(key, signature, value);
    }
}
