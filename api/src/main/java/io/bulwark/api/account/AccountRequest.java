package io.bulwark.api.account;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.portfolio.MarginAccount;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * A question about one account: its form, for the description. It is read field by field, so that a refusal can name what it refuses.
 *
 * @param account number of a booked account, or
 * @param portfolio any portfolio
 */
@Serdeable
public record AccountRequest(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Integer> account,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<NamedPortfolio> portfolio) {
    private static final long ACCOUNT_MAX = (1L << 31) - 1;

    /**
     * The account that a request names, or the portfolio that it carries.
     *
     * @param asked {@code {account | portfolio}}, and what its reader takes beside it
     * @throws BadInput naming field, value and rule
     */
    public static MarginAccount account(JsonFields asked, EpochView view) {
        boolean byNumber = asked.has("account");
        if (byNumber == asked.has("portfolio")) {
            throw asked.refuse(
                    byNumber ? "portfolio" : "account",
                    "must name either an account or a portfolio, not both and not neither");
        }
        if (byNumber) {
            return view.accounts()
                    .apply(asked.wholeNumber("account", 0, ACCOUNT_MAX))
                    .orElseThrow(() -> asked.refuse("account", "must be the number of an account in the sealed epoch"));
        }
        return NamedPortfolio.read(asked.object("portfolio"), view.table());
    }

    /** The view of a request about a booked account, which knows which it is. */
    public static EpochView view(JsonFields asked, EpochView view) {
        return asked.has("account") ? view.about(asked.wholeNumber("account", 0, ACCOUNT_MAX)) : view;
    }
}
