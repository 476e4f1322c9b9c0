//! The project's one integration binary; a module per part of the product.

mod exercises;
mod book;
mod tidy;
