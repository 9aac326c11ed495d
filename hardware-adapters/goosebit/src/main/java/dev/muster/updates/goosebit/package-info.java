/** gooseBit's own HTTP surface: devices, REST API and the back end of its pages, below one base path. */
@NullMarked
package dev.muster.updates.goosebit;

import org.jspecify.annotations.NullMarked;
