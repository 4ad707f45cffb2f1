package io.bulwark.api.defaultmanagement;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.fund.Defaults;
import io.bulwark.insurance.defaultmanagement.DefaultDeclaration.PortfolioBid;
import java.util.List;
import java.util.TreeSet;

/**
 * What is to be declared, as JSON: {@code {"event", "epoch", "scenario", "members": [{"name"}], "seed": 64 hexadecimal digits,
 * "bids": [{"account", "bidder", "price", "lots"}]}}; prices in u a lot of one per cent on top of the marks.
 */
final class DefaultFile {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int MEMBERS_MAX = 1_000;

    private DefaultFile() {}

    /**
     * Reads it.
     *
     * @throws BadInput naming field, value and rule
     */
    static Defaults.Request read(byte[] json) {
        JsonFields fields = JsonFields.read(json);
        TreeSet<String> members = new TreeSet<>();
        for (JsonFields member : fields.objects("members", MEMBERS_MAX)) {
            members.add(member.text("name", NAME_LENGTH_MAX));
            member.nothingElse();
        }
        if (members.isEmpty()) {
            throw new BadInput("members", "[]", "must name at least one member");
        }
        List<PortfolioBid> bids = fields.objects("bids", MEMBERS_MAX).stream()
                .map(DefaultFile::bid)
                .toList();
        Defaults.Request request = new Defaults.Request(
                fields.wholeNumber("event", 1, Integer.MAX_VALUE),
                fields.wholeNumber("epoch", 1, Long.MAX_VALUE),
                fields.text("scenario", NAME_LENGTH_MAX),
                members,
                seed(fields.text("seed", 2 * Digest.LENGTH)),
                bids);
        fields.nothingElse();
        return request;
    }

    private static PortfolioBid bid(JsonFields fields) {
        PortfolioBid bid = new PortfolioBid(
                (int) fields.wholeNumber("account", 0, Integer.MAX_VALUE),
                fields.text("bidder", NAME_LENGTH_MAX),
                fields.wholeNumber("price", -1_000_000_000_000_000L, 1_000_000_000_000_000L),
                (int) fields.wholeNumber("lots", 1, PortfolioBid.LOTS));
        fields.nothingElse();
        return bid;
    }

    private static Digest seed(String hex) {
        try {
            return Digest.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new BadInput("seed", hex, "must be 64 hexadecimal digits");
        }
    }
}
