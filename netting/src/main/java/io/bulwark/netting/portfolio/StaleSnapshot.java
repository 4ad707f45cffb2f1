package io.bulwark.netting.portfolio;

import io.bulwark.clearing.account.VenueAccount;

/**
 * A snapshot older than its venue's limit. Until it is renewed the account may not open, increase, withdraw or borrow.
 *
 * @param account the venue account
 * @param ageMillis epoch time less the venue's time
 * @param ageMillisMax the venue's limit
 */
record StaleSnapshot(VenueAccount account, long ageMillis, long ageMillisMax) {}
