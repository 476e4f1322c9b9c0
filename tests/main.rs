//! The project's one integration binary; a module per part of the product.

mod book;
mod course;
mod exercises;
mod fixture;
mod kernel;
mod notebooks;
mod tidy;
