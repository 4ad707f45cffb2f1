/** Placeholder. */
@NullMarked
package io.bulwark.insurance;

import org.jspecify.annotations.NullMarked;
