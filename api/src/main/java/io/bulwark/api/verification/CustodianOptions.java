package io.bulwark.api.verification;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Those who keep what a house holds, as far as a reader knows their keys for himself. */
final class CustodianOptions {
    @Option(
            names = "--custodian",
            paramLabel = "PLACES=KEY",
            description = {
                "Of a book and of a fund's --holdings: a venue or custodian whose Ed25519 key you know, by what its places begin with, such as",
                "kraken:=HEX. Signatures of others count as unsigned."
            })
    private Map<String, String> custodians = new LinkedHashMap<>();

    /** Whether any is named. */
    boolean isGiven() {
        return !custodians.isEmpty();
    }

    /**
     * Those that are named.
     *
     * @throws BadInput if a key is none
     */
    List<Custodian> known() {
        return custodians.entrySet().stream()
                .map(entry -> {
                    try {
                        return new Custodian(entry.getKey(), Digest.parse(entry.getValue()));
                    } catch (IllegalArgumentException e) {
                        throw new BadInput(
                                "--custodian",
                                entry.getKey() + "=" + entry.getValue(),
                                "must be PLACES=64 hexadecimal digits");
                    }
                })
                .toList();
    }
}
