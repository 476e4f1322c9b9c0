//! The graded checks of the topic, generic over the contracts.
