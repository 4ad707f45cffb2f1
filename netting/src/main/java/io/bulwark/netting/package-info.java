/** Placeholder. */
@NullMarked
package io.bulwark.netting;

import org.jspecify.annotations.NullMarked;
