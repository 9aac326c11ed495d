/** gooseBit's clients at the whole real server: the numbered vectors of the contract, and real clients' steps. */
@NullMarked
package dev.muster.goosebit;

import org.jspecify.annotations.NullMarked;
