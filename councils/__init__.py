"""Who sits, until when: boards, councils and committees, their seats and the terms served in them."""
