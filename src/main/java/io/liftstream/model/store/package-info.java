/**
 * The download cache: models by content, fetched once over HTTPS, verified, shared by processes.
 */
package io.liftstream.model.store;
