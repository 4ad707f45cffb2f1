package io.bulwark.clearing.register;

import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import java.util.Optional;

/** What an epoch must be for the books to take it: the next one, over its predecessor's digest, of inputs that are stored. */
final class SealingRules {
    private SealingRules() {}

    /** The digest of a sealed epoch. */
    static Optional<Digest> digest(DatabaseTransaction transaction, long number) {
        return transaction.first("select digest from epoch where number = ?", row -> row.digest(1), number);
    }

    /**
     * Why an epoch cannot be sealed; empty if it can.
     *
     * @param sealed the digest of the epoch of its number, where there is one
     */
    static Optional<Refusal> refusal(DatabaseTransaction transaction, EpochRecord record, Optional<Digest> sealed) {
        Epoch epoch = record.sealed().epoch();
        if (sealed.isPresent()) {
            return Optional.of(new Refusal(
                    "digest",
                    record.sealed().digest().hex(),
                    "must be that of epoch " + epoch.number() + " as sealed, " + sealed.get()));
        }
        Digest inputs = record.inputs().canonical().sha256();
        if (!inputs.equals(epoch.inputsSha256())) {
            return Optional.of(new Refusal(
                    "inputsSha256", epoch.inputsSha256().hex(), "must be that of the sealed inputs, " + inputs));
        }
        long last = transaction.number("select coalesce(max(number), 0) from epoch");
        if (epoch.number() != last + 1) {
            return Optional.of(
                    new Refusal("number", String.valueOf(epoch.number()), "must follow the last epoch, " + last));
        }
        Digest previous = digest(transaction, last).orElse(Digest.ZERO);
        if (!epoch.previous().equals(previous)) {
            return Optional.of(new Refusal(
                    "previous", epoch.previous().hex(), "must be the digest of epoch " + last + ", " + previous));
        }
        return missingDocument(transaction, record.inputs());
    }

    private static Optional<Refusal> missingDocument(DatabaseTransaction transaction, EpochInputs inputs) {
        return inputs.documents().entrySet().stream()
                .filter(entry ->
                        transaction.number("select count(*) from document where digest = ?", entry.getValue()) == 0)
                .findFirst()
                .map(entry -> new Refusal(
                        "documents." + entry.getKey(), entry.getValue().hex(), "must be stored before the epoch"));
    }
}
